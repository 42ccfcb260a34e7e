-- Deletes the positions of an activity.
-- in:  $1 activityId UUID
-- out: nothing
DELETE FROM position_blocks
WHERE activity_id = $1
