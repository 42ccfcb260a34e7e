-- Whether every decision that was made is in the trail, by writer and minute: each got a number, so what was observed
-- in a minute is how far the numbers moved, and `lost` is 0.
-- in:  $1 since TIMESTAMPTZ (a minute in which the writer had begun or nothing was dropped before)
-- out: minute TIMESTAMPTZ, writer UUID, observed BIGINT, recorded BIGINT (with all facts), trimmed BIGINT, lost BIGINT
WITH minutes AS (
  SELECT
    time_bucket(INTERVAL '1 minute', decided_at) AS minute,
    writer,
    min(sequence) AS first,
    max(sequence) AS last,
    count(*) FILTER (WHERE NOT is_trimmed) AS recorded,
    count(*) FILTER (WHERE is_trimmed) AS trimmed
  FROM decisions
  WHERE decided_at >= $1
  GROUP BY 1, 2
), moved AS (
  SELECT *, last - coalesce(lag(last) OVER (PARTITION BY writer ORDER BY minute), first - 1) AS observed
  FROM minutes
)
SELECT minute, writer, observed, recorded, trimmed, observed - recorded - trimmed AS lost
FROM moved
ORDER BY minute, writer
