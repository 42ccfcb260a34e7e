// Notes what became of an upload.
// in:  uploadId STRING, status STRING (ready | duplicate | failed), duplicateOf STRING? (an activity),
//      problem STRING? (JSON {slug, detail, fields}), rescued STRING? (JSON)
// out: uploadId STRING
MATCH (upload:Upload {uploadId: $uploadId})
SET upload.status = $status,
    upload.duplicateOf = $duplicateOf,
    upload.problem = $problem,
    upload.rescued = $rescued,
    upload.finishedAt = datetime()
RETURN upload.uploadId AS uploadId
