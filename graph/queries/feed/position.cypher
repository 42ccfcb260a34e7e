// Where an activity is in the feeds that it is in; no row when it is gone.
// in:  activityId STRING
// out: athleteId STRING, startedAt DATETIME
MATCH (activity:Activity {activityId: $activityId})
RETURN activity.athleteId AS athleteId, activity.startedAt AS startedAt
