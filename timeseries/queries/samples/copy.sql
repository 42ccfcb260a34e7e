-- Takes samples as text, a line each; timeseries/sample-rows.ts writes the lines.
-- in:  lines of tab-separated columns
-- out: nothing
COPY samples (
  at,
  activity_id,
  elapsed_seconds,
  distance_meters,
  altitude_meters,
  speed_meters_per_second,
  heart_rate_bpm,
  cadence_rpm,
  power_watts,
  temperature_celsius,
  grade_ratio
) FROM STDIN
