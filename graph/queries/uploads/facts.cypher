// What decides about an upload that is about to end; read under the lock of its athlete. Without a stretch of time
// nothing is looked for in it.
// in:  athleteId STRING, uploadId STRING, sha256 STRING, earliestStart DATETIME? (no activity that is listed
//      earlier goes on so long), startedAt DATETIME?, endedAt DATETIME?
// out: status STRING, ownerStanding STRING (active | suspended), zonesVersion INTEGER,
//      sharing MAP {visibility STRING, mapVisibility STRING, heartRateVisibility STRING, powerVisibility STRING,
//      cadenceVisibility STRING, temperatureVisibility STRING, hidesStartTime BOOLEAN, hidesFromHomeFeed BOOLEAN}
//      (as was wished, else as the athlete has it by default),
//      fromSameFile STRING? (the first activity that came from the very same file),
//      overlapping LIST OF MAP {activityId STRING, startedAt DATETIME, elapsedSeconds FLOAT, distanceMeters FLOAT?,
//      whole BYTES?} (uploaded activities that go on in that time);
//      no row when the upload is done, or gone with its athlete
MATCH (athlete:Athlete {athleteId: $athleteId})-[:UPLOADED]->(upload:Upload {uploadId: $uploadId})
WHERE upload.status IN ['queued', 'processing']
  AND athlete.deletedAt IS NULL
RETURN
  upload.status AS status,
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding,
  coalesce(athlete.zonesVersion, 0) AS zonesVersion,
  {
    visibility: coalesce(upload.visibility, athlete.defaultVisibility, 'followers'),
    mapVisibility: coalesce(upload.mapVisibility, athlete.defaultMapVisibility, 'everyone'),
    heartRateVisibility: coalesce(upload.heartRateVisibility, athlete.defaultHeartRateVisibility, 'everyone'),
    powerVisibility: coalesce(upload.powerVisibility, athlete.defaultPowerVisibility, 'everyone'),
    cadenceVisibility: coalesce(upload.cadenceVisibility, athlete.defaultCadenceVisibility, 'everyone'),
    temperatureVisibility: coalesce(upload.temperatureVisibility, athlete.defaultTemperatureVisibility, 'everyone'),
    hidesStartTime: coalesce(upload.hidesStartTime, athlete.defaultHidesStartTime, false),
    hidesFromHomeFeed: coalesce(upload.hidesFromHomeFeed, athlete.defaultHidesFromHomeFeed, false)
  } AS sharing,
  head(COLLECT {
    MATCH (other:Upload {athleteId: $athleteId, sha256: $sha256})-[:MADE]->(copy:Activity)
    WHERE other.uploadId <> $uploadId
    RETURN copy.activityId
    ORDER BY other.createdAt, coalesce(copy.hiddenStartedAt, copy.startedAt), copy.activityId
    LIMIT 1
  }) AS fromSameFile,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = $athleteId
      AND activity.startedAt >= $earliestStart
      AND activity.startedAt <= $endedAt
      AND activity.source = 'upload'
      AND NOT EXISTS { (upload)-[:MADE]->(activity) }
    WITH activity, coalesce(activity.hiddenStartedAt, activity.startedAt) AS begunAt
    WHERE begunAt <= $endedAt
      // How long one took that zones cut is known to who opens it.
      AND (activity.whole IS NOT NULL OR begunAt + duration({seconds: activity.elapsedSeconds}) >= $startedAt)
    RETURN activity {.activityId, startedAt: begunAt, .elapsedSeconds, .distanceMeters, .whole}
    ORDER BY activity.createdAt, activity.activityId
  } AS overlapping
