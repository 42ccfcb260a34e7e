// A page of an athlete's uploads, newest first, below a pair of instant and id.
// in:  athleteId STRING, belowCreatedAt DATETIME, belowUploadId STRING, limit INTEGER
// out: upload MAP (see graph/model.md), activityIds LIST OF STRING
MATCH (upload:Upload)
WHERE upload.athleteId = $athleteId
  AND upload.createdAt <= $belowCreatedAt
  AND (upload.createdAt < $belowCreatedAt OR upload.uploadId < $belowUploadId)
WITH upload
ORDER BY upload.createdAt DESC, upload.uploadId DESC
LIMIT $limit
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
  } AS activityIds
ORDER BY upload.createdAt DESC, upload.uploadId DESC
