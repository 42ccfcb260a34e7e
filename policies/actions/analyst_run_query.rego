# METADATA
# title: Running a query of analysts
# description: Filed queries alone, which only read. Ids come as pseudonyms, and texts that somebody typed not at all.
# custom:
#   threat: Product analysis becomes a way to watch people.
package paceline.actions.analyst_run_query

import data.paceline.relations
import data.paceline.verdict

# An analyst asks the live graph.
allow contains "analyst-run-query-analyst" if relations.hasRole("analyst")

# Nobody's name, words or true id is part of an answer.
decision := verdict.of(allow, set(), false, {"personal"})
