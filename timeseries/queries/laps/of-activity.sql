-- The laps of an activity, in order.
-- in:  $1 activityId UUID
-- out: lap SMALLINT (from 1), startSeconds and endSeconds (since the start), elapsedSeconds, movingSeconds
--      DOUBLE PRECISION; the others DOUBLE PRECISION?, null when not measured
SELECT
  lap,
  start_seconds AS "startSeconds",
  end_seconds AS "endSeconds",
  elapsed_seconds AS "elapsedSeconds",
  moving_seconds AS "movingSeconds",
  distance_meters AS "distanceMeters",
  climb_meters AS "climbMeters",
  descent_meters AS "descentMeters",
  average_speed_meters_per_second AS "averageSpeedMetersPerSecond",
  max_speed_meters_per_second AS "maxSpeedMetersPerSecond",
  average_heart_rate_bpm AS "averageHeartRateBpm",
  max_heart_rate_bpm AS "maxHeartRateBpm",
  average_cadence_rpm AS "averageCadenceRpm",
  max_cadence_rpm AS "maxCadenceRpm",
  average_power_watts AS "averagePowerWatts",
  max_power_watts AS "maxPowerWatts"
FROM laps
WHERE activity_id = $1
ORDER BY lap
