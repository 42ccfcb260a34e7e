-- Which of two versions of a ranking does better. Of everything that each has shown somebody in a time: how much was
-- clicked, accepted (followed, joined) and dismissed in the two weeks after it was first shown; and how many of those who
-- were shown anything accepted something. `low` and `high` are Wilson's interval, in which 95 of 100 such counts stay.
-- What one athlete does with ten entries is not ten independent answers, so believe `acceptingAthletes` before `acceptance`:
-- athletes are what is shared out among versions.
-- in:  $1 version TEXT, $2 otherVersion TEXT, $3 since DATE, $4 until DATE (the day after the last one)
-- out: version TEXT, measure TEXT (clickThrough | acceptance | dismissal | acceptingAthletes), shown BIGINT (entries that
--      were shown to somebody; athletes, for the last one), times BIGINT, rate FLOAT, low FLOAT, high FLOAT
WITH shown AS (
  SELECT version, athlete, item, min(day) AS day
  FROM recommendation_events
  WHERE kind = 'shown'
    AND version IN ($1, $2)
    AND day >= $3::date
    AND day < $4::date
  GROUP BY version, athlete, item
), outcomes AS (
  SELECT
    shown.version,
    shown.athlete,
    shown.item,
    bool_or(event.kind = 'clicked') AS is_clicked,
    bool_or(event.kind = 'accepted') AS is_accepted,
    bool_or(event.kind = 'dismissed') AS is_dismissed
  FROM shown
  JOIN recommendation_events AS event
    ON event.athlete = shown.athlete
    AND event.item = shown.item
    AND event.version = shown.version
    AND event.day >= shown.day
    AND event.day <= shown.day + 14
  GROUP BY shown.version, shown.athlete, shown.item
), by_athlete AS (
  SELECT version, athlete, bool_or(is_accepted) AS is_accepted
  FROM outcomes
  GROUP BY version, athlete
), counts AS (
  SELECT version, 'clickThrough' AS measure, count(*) AS shown, count(*) FILTER (WHERE is_clicked) AS times
  FROM outcomes
  GROUP BY version
  UNION ALL
  SELECT version, 'acceptance', count(*), count(*) FILTER (WHERE is_accepted)
  FROM outcomes
  GROUP BY version
  UNION ALL
  SELECT version, 'dismissal', count(*), count(*) FILTER (WHERE is_dismissed)
  FROM outcomes
  GROUP BY version
  UNION ALL
  SELECT version, 'acceptingAthletes', count(*), count(*) FILTER (WHERE is_accepted)
  FROM by_athlete
  GROUP BY version
), rates AS (
  SELECT *, times::float8 / shown AS rate, 1.96 * 1.96 / shown AS spread
  FROM counts
), intervals AS (
  SELECT
    *,
    (rate + spread / 2) / (1 + spread) AS middle,
    sqrt(spread * (rate * (1 - rate) + spread / 4)) / (1 + spread) AS half
  FROM rates
)
SELECT
  version,
  measure,
  shown,
  times,
  rate,
  greatest(0, middle - half) AS low,
  least(1, middle + half) AS high
FROM intervals
ORDER BY measure, version
