// Locks uploads until the transaction ends, in the order of their ids, as athletes/lock.cypher does. Neo4j lets others
// see a commit bit by bit: who reads under the lock finds all that came of an upload, or nothing of it.
// in:  uploadIds LIST<STRING>
// out: uploadId STRING
MATCH (upload:Upload)
WHERE upload.uploadId IN $uploadIds
WITH upload
ORDER BY upload.uploadId
REMOVE upload:Locked
RETURN upload.uploadId AS uploadId
