-- Deletes the best efforts of an activity.
-- in:  $1 activityId UUID
-- out: nothing
WITH distances AS (
  DELETE FROM best_distances
  WHERE activity_id = $1
)
DELETE FROM best_powers
WHERE activity_id = $1
