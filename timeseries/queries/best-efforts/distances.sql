-- The fastest stretches of an activity, shortest first.
-- in:  $1 activityId UUID
-- out: distanceMeters, elapsedSeconds, startSeconds (since the start) DOUBLE PRECISION
SELECT
  distance_meters AS "distanceMeters",
  elapsed_seconds AS "elapsedSeconds",
  start_seconds AS "startSeconds"
FROM best_distances
WHERE activity_id = $1
ORDER BY distance_meters
