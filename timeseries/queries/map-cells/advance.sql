-- Notes up to which recording the map is up to date.
-- in:  $1 writtenAt TIMESTAMPTZ, $2 activityId UUID
-- out: nothing
INSERT INTO map_cells_progress (written_at, activity_id)
VALUES ($1, $2)
ON CONFLICT (row_number) DO UPDATE
SET written_at = excluded.written_at, activity_id = excluded.activity_id
WHERE (map_cells_progress.written_at, map_cells_progress.activity_id) < (excluded.written_at, excluded.activity_id)
