-- What proves that the trail is whole, and what keeps it small: checkpoints, compression, retention, sums per hour.
CREATE TABLE audit_checkpoints (
  number BIGINT PRIMARY KEY,
  made_at TIMESTAMPTZ NOT NULL,
  -- JSON, exactly as it was signed; the object store has the same.
  body TEXT NOT NULL,
  signature BYTEA NOT NULL,
  -- What was decided before it was verified a last time and may be dropped; null when nothing new is that old.
  cut_before TIMESTAMPTZ,
  -- Null until the object store has it.
  published_at TIMESTAMPTZ
);

ALTER TABLE decisions SET (
  timescaledb.enable_columnstore,
  timescaledb.segmentby = 'writer',
  timescaledb.orderby = 'sequence'
);
CALL add_columnstore_policy('decisions', after => INTERVAL '7 days');

-- A policy by age alone would drop what nobody has verified, and a verification would miss it.
CREATE PROCEDURE drop_cut_decisions(job_id INTEGER, config JSONB)
LANGUAGE plpgsql
AS $$
DECLARE
  cut TIMESTAMPTZ := (SELECT max(cut_before) FROM audit_checkpoints WHERE published_at IS NOT NULL);
BEGIN
  IF cut IS NOT NULL THEN
    PERFORM drop_chunks('decisions', older_than => cut);
  END IF;
END
$$;
SELECT add_job('drop_cut_decisions', INTERVAL '1 day');

-- The sums outlive the decisions: they are about nobody.
CREATE MATERIALIZED VIEW decisions_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false)
AS
SELECT time_bucket(INTERVAL '1 hour', decided_at) AS hour, action, rules, allowed, revealed, count(*) AS decisions
FROM decisions
GROUP BY 1, 2, 3, 4, 5
WITH NO DATA;

SELECT add_continuous_aggregate_policy(
  'decisions_hourly',
  start_offset => INTERVAL '3 days',
  end_offset => INTERVAL '1 hour',
  schedule_interval => INTERVAL '1 hour'
);

-- A decision counts for each of its rules.
CREATE VIEW decisions_per_hour AS
SELECT
  hour,
  action,
  rule,
  CASE WHEN allowed THEN 'allowed' WHEN revealed THEN 'refused' ELSE 'hidden' END AS outcome,
  sum(decisions)::bigint AS decisions
FROM decisions_hourly
CROSS JOIN unnest(rules) AS rule
GROUP BY 1, 2, 3, 4;
