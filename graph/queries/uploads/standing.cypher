// Whether an upload still waits for its activities; read under the lock of its athlete.
// in:  uploadId STRING
// out: status STRING, ownerStanding STRING; no row when it is done, or gone with its athlete
MATCH (athlete:Athlete)-[:UPLOADED]->(upload:Upload {uploadId: $uploadId})
WHERE upload.status IN ['queued', 'processing']
  AND athlete.deletedAt IS NULL
RETURN
  upload.status AS status,
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding
