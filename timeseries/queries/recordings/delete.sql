-- Forgets when the samples of an activity are; they have to be deleted in the same transaction.
-- in:  $1 activityId UUID
-- out: startedAt TIMESTAMPTZ, endedAt TIMESTAMPTZ; no row when there is no recording
DELETE FROM recordings
WHERE activity_id = $1
RETURNING started_at AS "startedAt", ended_at AS "endedAt"
