-- Notes how a job ended, and forgets runs of more than a month ago.
-- in:  $1 jobId INTEGER, $2 startedAt TIMESTAMPTZ, $3 failure TEXT?
-- out: nothing
WITH old AS (
  DELETE FROM job_runs
  WHERE started_at < now() - INTERVAL '31 days'
)
UPDATE job_runs
SET finished_at = now(), failure = $3
WHERE job_id = $1
  AND started_at = $2
