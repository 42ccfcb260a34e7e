// What became of an upload was kept apart until another transaction showed it; whoever reads one now waits instead.
// Workers of the version before have to be stopped.
MATCH (upload:Upload)
WHERE upload.outcome IS NOT NULL
SET upload.status = upload.outcome
REMOVE upload.outcome;
