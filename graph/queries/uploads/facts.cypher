// What decides about an upload that is about to end; read under the lock of its athlete. Without a stretch of time
// nothing is looked for in it.
// in:  athleteId STRING, uploadId STRING, sha256 STRING, earliestStart DATETIME? (no activity is longer than from
//      there), startedAt DATETIME?, endedAt DATETIME?
// out: status STRING, ownerStanding STRING (active | suspended), fromSameFile STRING? (the first activity that came
//      from the very same file), overlapping LIST OF MAP {activityId STRING, startedAt DATETIME, elapsedSeconds FLOAT,
//      distanceMeters FLOAT?} (uploaded activities that go on in that time);
//      no row when the upload is done, or gone with its athlete
MATCH (athlete:Athlete {athleteId: $athleteId})-[:UPLOADED]->(upload:Upload {uploadId: $uploadId})
WHERE upload.status IN ['queued', 'processing']
  AND athlete.deletedAt IS NULL
RETURN
  upload.status AS status,
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding,
  head(COLLECT {
    MATCH (other:Upload {athleteId: $athleteId, sha256: $sha256})-[:MADE]->(copy:Activity)
    WHERE other.uploadId <> $uploadId
    RETURN copy.activityId
    ORDER BY other.createdAt, copy.startedAt, copy.activityId
    LIMIT 1
  }) AS fromSameFile,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = $athleteId
      AND activity.startedAt >= $earliestStart
      AND activity.startedAt <= $endedAt
      AND activity.startedAt + duration({seconds: activity.elapsedSeconds}) >= $startedAt
      AND activity.source = 'upload'
      AND NOT EXISTS { (upload)-[:MADE]->(activity) }
    RETURN activity {.activityId, .startedAt, .elapsedSeconds, .distanceMeters}
    ORDER BY activity.createdAt, activity.activityId
  } AS overlapping
