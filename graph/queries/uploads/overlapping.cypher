// Uploaded activities of an athlete that go on at some time between two instants.
// in:  athleteId STRING, uploadId STRING (not from this one), earliestStart DATETIME (no activity is longer than from
//      there), startedAt DATETIME, endedAt DATETIME
// out: activityId STRING, startedAt DATETIME, elapsedSeconds FLOAT, distanceMeters FLOAT?
MATCH (activity:Activity)
WHERE activity.athleteId = $athleteId
  AND activity.startedAt >= $earliestStart
  AND activity.startedAt <= $endedAt
  AND activity.startedAt + duration({seconds: activity.elapsedSeconds}) >= $startedAt
  AND activity.source = 'upload'
  AND NOT EXISTS { (:Upload {uploadId: $uploadId})-[:MADE]->(activity) }
RETURN
  activity.activityId AS activityId,
  activity.startedAt AS startedAt,
  activity.elapsedSeconds AS elapsedSeconds,
  activity.distanceMeters AS distanceMeters
ORDER BY activity.createdAt, activity.activityId
