# METADATA
# title: Searching athletes
# custom:
#   threat: The whole village is scraped by people who have no name. Each athlete found is decided by itself.
package paceline.actions.athlete_search

import data.paceline.relations
import data.paceline.verdict

# Athletes look for one another.
allow contains "athlete-search-athlete" if relations.isAthlete

decision := verdict.of(allow, set(), false, set())
