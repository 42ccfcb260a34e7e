-- Recordings with positions that were written since the map was last brought up to date, oldest first. One that was
-- written within the last minute may be followed by another that is committed later but says earlier.
-- in:  $1 until TIMESTAMPTZ, $2 limit INTEGER
-- out: activityId UUID, writtenAt TIMESTAMPTZ
SELECT activity_id AS "activityId", written_at AS "writtenAt"
FROM recordings
WHERE 'position' = ANY (channels)
  AND written_at < $1
  AND (written_at, activity_id) > (
    SELECT coalesce(max(written_at), '-infinity'), coalesce(max(activity_id::text), '00000000-0000-0000-0000-000000000000')::uuid
    FROM map_cells_progress
  )
ORDER BY recordings.written_at, recordings.activity_id
LIMIT $2
