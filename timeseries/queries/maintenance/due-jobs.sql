-- Jobs of TimescaleDB (policies) that are due and that the server does not run by itself.
-- in:  nothing
-- out: jobId INTEGER
SELECT job.job_id AS "jobId"
FROM timescaledb_information.jobs AS job
WHERE job.scheduled
  AND NOT EXISTS (
    SELECT
    FROM timescaledb_information.job_stats AS stats
    WHERE stats.last_run_started_at > '-infinity'
  )
  AND NOT EXISTS (
    SELECT
    FROM job_runs AS run
    WHERE run.job_id = job.job_id
      AND run.started_at > now() - job.schedule_interval
  )
ORDER BY job.job_id
