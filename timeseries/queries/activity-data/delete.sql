-- Deletes everything of an activity but its samples; without a recording there is nothing of it.
-- in:  $1 activityId UUID
-- out: startedAt TIMESTAMPTZ, endedAt TIMESTAMPTZ (when its samples are); no row when there was nothing
WITH
  deleted_blocks AS (
    DELETE FROM position_blocks
    WHERE activity_id = $1
  ),
  deleted_laps AS (
    DELETE FROM laps
    WHERE activity_id = $1
  ),
  deleted_distances AS (
    DELETE FROM best_distances
    WHERE activity_id = $1
  ),
  deleted_powers AS (
    DELETE FROM best_powers
    WHERE activity_id = $1
  )
DELETE FROM recordings
WHERE activity_id = $1
RETURNING started_at AS "startedAt", ended_at AS "endedAt"
