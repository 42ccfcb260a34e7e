-- Deletes the samples of an activity; the bounds spare the chunks of other times.
-- in:  $1 activityId UUID, $2 startedAt TIMESTAMPTZ, $3 endedAt TIMESTAMPTZ
-- out: nothing
DELETE FROM samples
WHERE activity_id = $1
  AND at >= $2
  AND at <= $3
