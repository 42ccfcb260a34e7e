// Which of some uploads there are.
// in:  uploadIds LIST OF STRING
// out: uploadId STRING
MATCH (upload:Upload)
WHERE upload.uploadId IN $uploadIds
RETURN upload.uploadId AS uploadId
