// Deletes some uploads; their files have to be gone by then.
// in:  uploadIds LIST OF STRING
// out: nothing
MATCH (upload:Upload)
WHERE upload.uploadId IN $uploadIds
DETACH DELETE upload
