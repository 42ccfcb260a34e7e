# METADATA
# title: Blocking
# custom:
#   threat: Somebody can't protect themselves because they were blocked first.
package paceline.actions.block_create

import data.paceline.relations
import data.paceline.verdict

# An athlete blocks another, also one who has blocked them.
allow contains "block-create-athlete" if relations.isAthlete

# Nobody blocks themselves.
deny contains "deny-self" if relations.isOwner

decision := verdict.of(allow, deny, true, set())
