# METADATA
# title: Listing the queries of analysts
# custom:
#   threat: Somebody who is no analyst learns what is asked of the graph.
package paceline.actions.analyst_list_queries

import data.paceline.relations
import data.paceline.verdict

# An analyst sees what can be asked.
allow contains "analyst-list-queries-analyst" if relations.hasRole("analyst")

decision := verdict.of(allow, set(), false, set())
