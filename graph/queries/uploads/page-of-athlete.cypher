// A page of an athlete's uploads, newest first, below a pair of instant and id.
// in:  athleteId STRING, belowCreatedAt DATETIME, belowUploadId STRING, limit INTEGER
// out: uploadId STRING, createdAt DATETIME
MATCH (upload:Upload)
WHERE upload.athleteId = $athleteId
  AND upload.createdAt <= $belowCreatedAt
  AND (upload.createdAt < $belowCreatedAt OR upload.uploadId < $belowUploadId)
RETURN upload.uploadId AS uploadId, upload.createdAt AS createdAt
ORDER BY upload.createdAt DESC, upload.uploadId DESC
LIMIT $limit
