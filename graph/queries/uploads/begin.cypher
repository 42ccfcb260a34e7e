// Takes an upload into work, again if a worker was killed over it; says whose it is and what its file becomes. It locks
// the upload before it reads anything of it: another worker, who was thought dead, may be ending it.
// in:  uploadId STRING
// out: athleteId STRING, status STRING, fileName STRING, format STRING, sha256 STRING, name STRING?,
//      description STRING?, sport STRING?, timeZone STRING, ownerStanding STRING, zonesVersion INTEGER,
//      wrappedKey BYTES;
//      no row when it is done, or gone with its athlete
MATCH (upload:Upload {uploadId: $uploadId})
USING INDEX upload:Upload(uploadId)
REMOVE upload:Locked
WITH upload
MATCH (athlete:Athlete)-[:UPLOADED]->(upload)
WHERE upload.status IN ['queued', 'processing']
  AND athlete.deletedAt IS NULL
MATCH (athlete)-[:KEEPS]->(key:AthleteKey)
SET upload.status = 'processing'
RETURN
  athlete.athleteId AS athleteId,
  upload.status AS status,
  upload.fileName AS fileName,
  upload.format AS format,
  upload.sha256 AS sha256,
  upload.name AS name,
  upload.description AS description,
  upload.sport AS sport,
  coalesce(athlete.timeZone, 'UTC') AS timeZone,
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding,
  coalesce(athlete.zonesVersion, 0) AS zonesVersion,
  key.wrapped AS wrappedKey
