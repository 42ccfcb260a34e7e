// Notes a stored file as an upload that waits to be processed.
// in:  athleteId STRING, uploadId STRING, properties MAP {fileName STRING, format STRING, sha256 STRING (hex),
//      sizeBytes INTEGER, name STRING?, description STRING?, sport STRING?, externalId STRING?, and how its activities
//      are to be shared (see graph/model.md)}
// out: uploadId STRING; no row when the athlete is gone
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
MERGE (upload:Upload {uploadId: $uploadId})
  ON CREATE SET
    upload += $properties,
    upload.athleteId = $athleteId,
    upload.status = 'queued',
    upload.createdAt = datetime()
MERGE (athlete)-[:UPLOADED]->(upload)
RETURN upload.uploadId AS uploadId
