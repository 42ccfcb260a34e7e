# METADATA
# title: Finding clubs
# custom:
#   threat: Whoever is not logged in collects clubs. Each club in the list is decided by itself.
package paceline.actions.club_search

import data.paceline.relations
import data.paceline.verdict

# Athletes look for clubs.
allow contains "club-search-athlete" if relations.isAthlete

decision := verdict.of(allow, set(), false, set())
