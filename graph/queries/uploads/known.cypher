// Which of some uploads and activities there are.
// in:  uploadIds LIST OF STRING, activityIds LIST OF STRING
// out: id STRING
CALL () {
  MATCH (upload:Upload)
  WHERE upload.uploadId IN $uploadIds
  RETURN upload.uploadId AS id
UNION ALL
  MATCH (activity:Activity)
  WHERE activity.activityId IN $activityIds
  RETURN activity.activityId AS id
UNION ALL
  // What the series keeps for others of one that zones cut.
  MATCH (activity:Activity)
  WHERE activity.publicRecordingId IN $activityIds
  RETURN activity.publicRecordingId AS id
}
RETURN id
