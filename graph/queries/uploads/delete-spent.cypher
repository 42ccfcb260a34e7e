// Deletes the uploads of an athlete whose activities have all been deleted since, and copies of such; their files have
// to go too.
// in:  athleteId STRING
// out: uploadId STRING
MATCH (upload:Upload)
WHERE upload.athleteId = $athleteId
  AND (
    (upload.status = 'ready' AND NOT EXISTS { (upload)-[:MADE]->(:Activity) })
    OR (upload.status = 'duplicate' AND NOT EXISTS { (:Activity {activityId: upload.duplicateOf}) })
  )
WITH upload, upload.uploadId AS uploadId
DETACH DELETE upload
RETURN uploadId
