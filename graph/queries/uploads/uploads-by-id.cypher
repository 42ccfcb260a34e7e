// Uploads and what became of them, newest first; read under their lock.
// in:  uploadIds LIST<STRING>
// out: upload MAP (see graph/model.md), activityIds LIST OF STRING, wrappedKey BYTES?
MATCH (upload:Upload)
WHERE upload.uploadId IN $uploadIds
RETURN
  upload {
    .uploadId, .athleteId, .status, .fileName, .format, .sizeBytes, .name, .description, .sport,
    .visibility, .mapVisibility, .heartRateVisibility, .powerVisibility, .cadenceVisibility, .temperatureVisibility,
    .hidesStartTime, .hidesFromHomeFeed, .externalId, .createdAt, .finishedAt, .duplicateOf, .problem, .rescued
  } AS upload,
  COLLECT {
    MATCH (upload)-[:MADE]->(activity:Activity)
    RETURN activity.activityId
    ORDER BY coalesce(activity.hiddenStartedAt, activity.startedAt), activity.activityId
  } AS activityIds,
  head(COLLECT {
    MATCH (:Athlete {athleteId: upload.athleteId})-[:KEEPS]->(key:AthleteKey)
    RETURN key.wrapped
  }) AS wrappedKey
ORDER BY upload.createdAt DESC, upload.uploadId DESC
