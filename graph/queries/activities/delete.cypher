// Deletes an activity; what other stores have of it is deleted by a job.
// in:  activityId STRING
// out: nothing
MATCH (activity:Activity {activityId: $activityId})
DETACH DELETE activity
