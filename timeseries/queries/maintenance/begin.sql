-- Notes that a job starts.
-- in:  $1 jobId INTEGER, $2 startedAt TIMESTAMPTZ
-- out: nothing
INSERT INTO job_runs (job_id, started_at)
VALUES ($1, $2)
ON CONFLICT DO NOTHING
