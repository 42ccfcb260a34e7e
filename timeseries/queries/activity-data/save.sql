-- Keeps everything of an activity but its samples, which follow by COPY in the same transaction; one statement,
-- because each costs the embedded server a millisecond.
-- in:  $1 activityId UUID, $2 startedAt TIMESTAMPTZ, $3 endedAt TIMESTAMPTZ, $4 sampleCount INTEGER,
-- in:  $5 channels TEXT[], $6 positionBlocks BYTEA[] (encrypted, in order),
-- in:  $7 laps JSONB (array of objects with the names of the columns in camelCase),
-- in:  $8 bestDistances JSONB (array of {distanceMeters, elapsedSeconds, startSeconds}),
-- in:  $9 bestPowers JSONB (array of {durationSeconds, powerWatts, startSeconds})
-- out: nothing
WITH
  saved_recording AS (
    INSERT INTO recordings (activity_id, started_at, ended_at, sample_count, channels)
    VALUES ($1::uuid, $2, $3, $4, $5)
  ),
  saved_blocks AS (
    INSERT INTO position_blocks (activity_id, block, ciphertext)
    SELECT $1::uuid, number - 1, ciphertext
    FROM unnest($6::bytea[]) WITH ORDINALITY AS blocks (ciphertext, number)
  ),
  saved_distances AS (
    INSERT INTO best_distances (activity_id, distance_meters, elapsed_seconds, start_seconds)
    SELECT $1::uuid, effort."distanceMeters", effort."elapsedSeconds", effort."startSeconds"
    FROM jsonb_to_recordset($8::jsonb) AS effort (
      "distanceMeters" DOUBLE PRECISION,
      "elapsedSeconds" DOUBLE PRECISION,
      "startSeconds" DOUBLE PRECISION
    )
  ),
  saved_powers AS (
    INSERT INTO best_powers (activity_id, duration_seconds, power_watts, start_seconds)
    SELECT $1::uuid, effort."durationSeconds", effort."powerWatts", effort."startSeconds"
    FROM jsonb_to_recordset($9::jsonb) AS effort (
      "durationSeconds" DOUBLE PRECISION,
      "powerWatts" DOUBLE PRECISION,
      "startSeconds" DOUBLE PRECISION
    )
  )
INSERT INTO laps (
  activity_id,
  lap,
  start_seconds,
  end_seconds,
  elapsed_seconds,
  moving_seconds,
  distance_meters,
  climb_meters,
  descent_meters,
  average_speed_meters_per_second,
  max_speed_meters_per_second,
  average_heart_rate_bpm,
  max_heart_rate_bpm,
  average_cadence_rpm,
  max_cadence_rpm,
  average_power_watts,
  max_power_watts
)
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
FROM jsonb_to_recordset($7::jsonb) AS lap (
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
