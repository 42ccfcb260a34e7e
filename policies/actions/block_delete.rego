# METADATA
# title: Lifting a block
# custom:
#   threat: None; it lifts the caller's own block and no other.
package paceline.actions.block_delete

import data.paceline.relations
import data.paceline.verdict

# An athlete lifts a block of their own.
allow contains "block-delete-athlete" if relations.isAthlete

decision := verdict.of(allow, set(), true, set())
