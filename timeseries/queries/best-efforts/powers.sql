-- The strongest stretches of an activity, shortest first.
-- in:  $1 activityId UUID
-- out: durationSeconds, powerWatts, startSeconds (since the start) DOUBLE PRECISION
SELECT
  duration_seconds AS "durationSeconds",
  power_watts AS "powerWatts",
  start_seconds AS "startSeconds"
FROM best_powers
WHERE activity_id = $1
ORDER BY duration_seconds
