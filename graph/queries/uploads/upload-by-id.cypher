// One upload and what became of it.
// in:  uploadId STRING
// out: upload MAP (see graph/model.md), activityIds LIST OF STRING, wrappedKey BYTES?
MATCH (upload:Upload {uploadId: $uploadId})
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
