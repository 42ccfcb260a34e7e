// The upload that a client has sent under its own id before; one that failed may be sent again.
// in:  athleteId STRING, externalId STRING
// out: uploadId STRING
MATCH (upload:Upload {athleteId: $athleteId, externalId: $externalId})
WHERE upload.status <> 'failed'
RETURN upload.uploadId AS uploadId
ORDER BY upload.createdAt DESC, upload.uploadId DESC
LIMIT 1
