# METADATA
# title: Clearing away a deleted athlete
# custom:
#   threat: Somebody erases an athlete who is still there.
package paceline.actions.athlete_erase

import data.paceline.relations
import data.paceline.verdict

# The worker clears away what a deleted athlete left.
allow contains "athlete-erase-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
