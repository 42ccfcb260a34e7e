# METADATA
# title: Reading the mutes
# custom:
#   threat: Somebody learns that they were muted. Each athlete in the list is decided by itself.
package paceline.actions.mute_list

import data.paceline.relations
import data.paceline.verdict

# An athlete reads whom they have muted.
allow contains "mute-list-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
