# METADATA
# title: Removing a follower
# custom:
#   threat: Somebody takes followers from another.
package paceline.actions.follower_remove

import data.paceline.relations
import data.paceline.verdict

# An athlete removes a follower of their own.
allow contains "follower-remove-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
