-- All samples of an activity in order of time, as one array a channel; channels that are not asked for are null.
-- in:  $1 activityId UUID, $2 channels TEXT[]
-- out: time DOUBLE PRECISION[] (seconds since the start), distance, altitude, speed, cadence, temperature, grade REAL[],
--      heartRate, power SMALLINT[]; every array of one length, null where nothing was measured
SELECT
  array_agg(elapsed_seconds) AS "time",
  array_agg(distance_meters) FILTER (WHERE 'distance' = ANY ($2)) AS "distance",
  array_agg(altitude_meters) FILTER (WHERE 'altitude' = ANY ($2)) AS "altitude",
  array_agg(speed_meters_per_second) FILTER (WHERE 'speed' = ANY ($2)) AS "speed",
  array_agg(heart_rate_bpm) FILTER (WHERE 'heartRate' = ANY ($2)) AS "heartRate",
  array_agg(cadence_rpm) FILTER (WHERE 'cadence' = ANY ($2)) AS "cadence",
  array_agg(power_watts) FILTER (WHERE 'power' = ANY ($2)) AS "power",
  array_agg(temperature_celsius) FILTER (WHERE 'temperature' = ANY ($2)) AS "temperature",
  array_agg(grade_ratio) FILTER (WHERE 'grade' = ANY ($2)) AS "grade"
FROM (
  SELECT *
  FROM samples
  WHERE activity_id = $1
    AND at >= (SELECT started_at FROM recordings WHERE activity_id = $1)
    AND at <= (SELECT ended_at FROM recordings WHERE activity_id = $1)
  ORDER BY at
) AS in_order
