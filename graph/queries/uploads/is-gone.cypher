// Whether an upload is gone, by itself or with its athlete.
// in:  uploadId STRING
// out: isGone BOOLEAN
RETURN NOT EXISTS {
  MATCH (athlete:Athlete)-[:UPLOADED]->(:Upload {uploadId: $uploadId})
  WHERE athlete.deletedAt IS NULL
} AS isGone
