// What an activity is replaced upon, read after its athlete was locked.
// in:  athleteId STRING, activityId STRING
// out: zonesVersion INTEGER, startedAt DATETIME (its place in lists), hidesStartTime BOOLEAN,
//      publicRecordingId STRING? (under which the series keeps what others see); no row when it is gone
MATCH (athlete:Athlete {athleteId: $athleteId})-[:PERFORMED]->(activity:Activity {activityId: $activityId})
WHERE athlete.deletedAt IS NULL
RETURN
  coalesce(athlete.zonesVersion, 0) AS zonesVersion,
  activity.startedAt AS startedAt,
  coalesce(activity.hidesStartTime, false) AS hidesStartTime,
  activity.publicRecordingId AS publicRecordingId
