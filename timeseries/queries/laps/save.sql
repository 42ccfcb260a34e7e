-- Keeps the laps of an activity.
-- in:  $1 activityId UUID, $2 laps JSONB (array of objects with the names of the columns in camelCase)
-- out: nothing
INSERT INTO laps
SELECT
  $1::uuid,
  row_number() OVER (ORDER BY lap."startSeconds"),
  lap."startSeconds",
  lap."endSeconds",
  lap."elapsedSeconds",
  lap."movingSeconds",
  lap."distanceMeters",
  lap."climbMeters",
  lap."descentMeters",
  lap."averageSpeedMetersPerSecond",
  lap."maxSpeedMetersPerSecond",
  lap."averageHeartRateBpm",
  lap."maxHeartRateBpm",
  lap."averageCadenceRpm",
  lap."maxCadenceRpm",
  lap."averagePowerWatts",
  lap."maxPowerWatts"
FROM jsonb_to_recordset($2::jsonb) AS lap (
  "startSeconds" DOUBLE PRECISION,
  "endSeconds" DOUBLE PRECISION,
  "elapsedSeconds" DOUBLE PRECISION,
  "movingSeconds" DOUBLE PRECISION,
  "distanceMeters" DOUBLE PRECISION,
  "climbMeters" DOUBLE PRECISION,
  "descentMeters" DOUBLE PRECISION,
  "averageSpeedMetersPerSecond" DOUBLE PRECISION,
  "maxSpeedMetersPerSecond" DOUBLE PRECISION,
  "averageHeartRateBpm" DOUBLE PRECISION,
  "maxHeartRateBpm" DOUBLE PRECISION,
  "averageCadenceRpm" DOUBLE PRECISION,
  "maxCadenceRpm" DOUBLE PRECISION,
  "averagePowerWatts" DOUBLE PRECISION,
  "maxPowerWatts" DOUBLE PRECISION
)
