// Some uploads of an athlete who was deleted.
// in:  athleteId STRING, limit INTEGER
// out: uploadId STRING
MATCH (upload:Upload)
WHERE upload.athleteId = $athleteId
  AND NOT EXISTS { MATCH (athlete:Athlete {athleteId: $athleteId}) WHERE athlete.deletedAt IS NULL }
RETURN upload.uploadId AS uploadId
ORDER BY upload.createdAt, upload.uploadId
LIMIT $limit
