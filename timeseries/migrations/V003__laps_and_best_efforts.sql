-- What was measured over parts of an activity; and when its rows were written, so that leftovers can be found.
CREATE TABLE laps (
  activity_id UUID NOT NULL,
  -- 1 for the first.
  lap SMALLINT NOT NULL,
  start_seconds DOUBLE PRECISION NOT NULL,
  end_seconds DOUBLE PRECISION NOT NULL,
  elapsed_seconds DOUBLE PRECISION NOT NULL,
  moving_seconds DOUBLE PRECISION NOT NULL,
  distance_meters DOUBLE PRECISION,
  climb_meters DOUBLE PRECISION,
  descent_meters DOUBLE PRECISION,
  average_speed_meters_per_second DOUBLE PRECISION,
  max_speed_meters_per_second DOUBLE PRECISION,
  average_heart_rate_bpm DOUBLE PRECISION,
  max_heart_rate_bpm DOUBLE PRECISION,
  average_cadence_rpm DOUBLE PRECISION,
  max_cadence_rpm DOUBLE PRECISION,
  average_power_watts DOUBLE PRECISION,
  max_power_watts DOUBLE PRECISION,
  PRIMARY KEY (activity_id, lap)
);

-- The fastest stretch over each usual distance.
CREATE TABLE best_distances (
  activity_id UUID NOT NULL,
  distance_meters DOUBLE PRECISION NOT NULL,
  elapsed_seconds DOUBLE PRECISION NOT NULL,
  start_seconds DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (activity_id, distance_meters)
);

-- The strongest stretch over each usual time.
CREATE TABLE best_powers (
  activity_id UUID NOT NULL,
  duration_seconds DOUBLE PRECISION NOT NULL,
  power_watts DOUBLE PRECISION NOT NULL,
  start_seconds DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (activity_id, duration_seconds)
);

ALTER TABLE recordings ADD COLUMN written_at TIMESTAMPTZ NOT NULL DEFAULT now();

CREATE INDEX recordings_by_writing ON recordings (written_at);
