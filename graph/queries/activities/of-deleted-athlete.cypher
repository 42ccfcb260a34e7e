// Some activities of an athlete who was deleted; any will do, so they are not ordered.
// in:  athleteId STRING, limit INTEGER
// out: activityId STRING, publicRecordingId STRING?
MATCH (athlete:Athlete {athleteId: $athleteId})-[:PERFORMED]->(activity:Activity)
WHERE athlete.deletedAt IS NOT NULL
RETURN activity.activityId AS activityId, activity.publicRecordingId AS publicRecordingId
LIMIT $limit
