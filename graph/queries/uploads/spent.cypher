// Uploads of an athlete whose activities have all been deleted since, and copies of such; once so, they stay so.
// Read under the lock of the athlete.
// in:  athleteId STRING
// out: uploadId STRING
MATCH (upload:Upload)
WHERE upload.athleteId = $athleteId
  AND (
    (upload.status = 'ready' AND NOT EXISTS { (upload)-[:MADE]->(:Activity) })
    OR (upload.status = 'duplicate' AND NOT EXISTS { (:Activity {activityId: upload.duplicateOf}) })
  )
RETURN upload.uploadId AS uploadId
ORDER BY upload.createdAt, upload.uploadId
