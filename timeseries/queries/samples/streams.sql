-- All samples of an activity in order of time, each channel as the text of a JSON array: what is sent to a client need
-- not be parsed here. Channels that are not asked for are null.
-- in:  $1 activityId UUID, $2 channels TEXT[]
-- out: sampleCount INTEGER, time (seconds since the start), distance, altitude, speed, heartRate, cadence, power,
--      temperature, grade TEXT?; every array of one length, null where nothing was measured
SELECT
  count(*)::integer AS "sampleCount",
  array_to_json(array_agg(elapsed_seconds) FILTER (WHERE 'time' = ANY ($2)))::text AS "time",
  array_to_json(array_agg(distance_meters) FILTER (WHERE 'distance' = ANY ($2)))::text AS "distance",
  array_to_json(array_agg(altitude_meters) FILTER (WHERE 'altitude' = ANY ($2)))::text AS "altitude",
  array_to_json(array_agg(speed_meters_per_second) FILTER (WHERE 'speed' = ANY ($2)))::text AS "speed",
  array_to_json(array_agg(heart_rate_bpm) FILTER (WHERE 'heartRate' = ANY ($2)))::text AS "heartRate",
  array_to_json(array_agg(cadence_rpm) FILTER (WHERE 'cadence' = ANY ($2)))::text AS "cadence",
  array_to_json(array_agg(power_watts) FILTER (WHERE 'power' = ANY ($2)))::text AS "power",
  array_to_json(array_agg(temperature_celsius) FILTER (WHERE 'temperature' = ANY ($2)))::text AS "temperature",
  array_to_json(array_agg(grade_ratio) FILTER (WHERE 'grade' = ANY ($2)))::text AS "grade"
FROM (
  SELECT *
  FROM samples
  WHERE activity_id = $1
    AND at >= (SELECT started_at FROM recordings WHERE activity_id = $1)
    AND at <= (SELECT ended_at FROM recordings WHERE activity_id = $1)
  ORDER BY at
) AS in_order
