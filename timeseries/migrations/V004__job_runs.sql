-- When our scheduler ran a job of TimescaleDB: the embedded server has none of its own and keeps no record.
CREATE TABLE job_runs (
  job_id INTEGER NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ,
  -- Null while it runs and after it went well.
  failure TEXT,
  PRIMARY KEY (job_id, started_at)
);
