# METADATA
# title: Reading the blocks
# custom:
#   threat: Somebody learns that they were blocked.
package paceline.actions.block_list

import data.paceline.relations
import data.paceline.verdict

# An athlete reads whom they have blocked.
allow contains "block-list-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
