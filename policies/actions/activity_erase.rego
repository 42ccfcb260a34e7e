# METADATA
# title: Clearing away a deleted activity
# custom:
#   threat: Somebody erases the track of an activity that is still there.
package paceline.actions.activity_erase

import data.paceline.relations
import data.paceline.verdict

# The worker clears away what other stores have of a deleted activity.
allow contains "activity-erase-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
