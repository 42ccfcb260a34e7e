# METADATA
# title: Writing the copy of the graph for analysts anew
# description: Ids go over as pseudonyms, instants as days, and texts, places and secret clubs not at all.
# custom:
#   threat: Somebody takes the whole graph along, or takes from analysts what they work on.
package paceline.actions.analyst_copy_refresh

import data.paceline.relations
import data.paceline.verdict

# An operator renews what the service keeps for analysts.
allow contains "analyst-copy-refresh-operator" if relations.hasRole("operator")

# So does the command line in nobody's name, for what runs it every night.
allow contains "analyst-copy-refresh-command" if relations.isSystem("command")

decision := verdict.of(allow, set(), false, set())
