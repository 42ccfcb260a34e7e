-- Deletes the laps of an activity.
-- in:  $1 activityId UUID
-- out: nothing
DELETE FROM laps
WHERE activity_id = $1
