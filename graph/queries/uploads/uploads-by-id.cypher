// Uploads and what became of them, in any order. Neo4j lets others see a commit bit by bit, and whoever hears that an
// upload is ready has to find its activities: the lock of an upload, before anything of it is read, waits until such a
// commit is whole.
// in:  uploadIds LIST<STRING>
// out: upload MAP (see graph/model.md), activityIds LIST OF STRING, wrappedKey BYTES?
UNWIND $uploadIds AS uploadId
MATCH (upload:Upload {uploadId: uploadId})
USING INDEX upload:Upload(uploadId)
REMOVE upload:Locked
WITH upload
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
