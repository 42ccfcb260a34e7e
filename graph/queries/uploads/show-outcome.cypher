// Shows what became of an upload, in a transaction after the one in which it became so: Neo4j lets others see a commit
// bit by bit, and whoever hears that an upload is ready has to find its activities.
// in:  uploadId STRING
// out: status STRING (ready | duplicate | failed); no row when nothing is to be shown
MATCH (upload:Upload {uploadId: $uploadId})
WHERE upload.outcome IS NOT NULL
SET upload.status = upload.outcome
REMOVE upload.outcome
RETURN upload.status AS status
