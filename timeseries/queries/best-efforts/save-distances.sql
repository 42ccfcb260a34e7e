-- Keeps the fastest stretches of an activity.
-- in:  $1 activityId UUID, $2 efforts JSONB (array of {distanceMeters, elapsedSeconds, startSeconds})
-- out: nothing
INSERT INTO best_distances
SELECT $1::uuid, effort."distanceMeters", effort."elapsedSeconds", effort."startSeconds"
FROM jsonb_to_recordset($2::jsonb) AS effort (
  "distanceMeters" DOUBLE PRECISION,
  "elapsedSeconds" DOUBLE PRECISION,
  "startSeconds" DOUBLE PRECISION
)
