-- Keeps the strongest stretches of an activity.
-- in:  $1 activityId UUID, $2 efforts JSONB (array of {durationSeconds, powerWatts, startSeconds})
-- out: nothing
INSERT INTO best_powers
SELECT $1::uuid, effort."durationSeconds", effort."powerWatts", effort."startSeconds"
FROM jsonb_to_recordset($2::jsonb) AS effort (
  "durationSeconds" DOUBLE PRECISION,
  "powerWatts" DOUBLE PRECISION,
  "startSeconds" DOUBLE PRECISION
)
