-- What sensors measured, in rows by time, and where, in encrypted blocks; both know nothing but an activity's id.
CREATE EXTENSION IF NOT EXISTS timescaledb;

-- One row an activity with a track: bounds its samples in time, so that reads touch one or two chunks.
CREATE TABLE recordings (
  activity_id UUID PRIMARY KEY,
  started_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ NOT NULL,
  sample_count INTEGER NOT NULL,
  -- Names of the channels that were measured, as in the API: heartRate, power, …; position included.
  channels TEXT[] NOT NULL
);

CREATE TABLE samples (
  at TIMESTAMPTZ NOT NULL,
  activity_id UUID NOT NULL,
  elapsed_seconds DOUBLE PRECISION NOT NULL,
  distance_meters REAL,
  altitude_meters REAL,
  speed_meters_per_second REAL,
  heart_rate_bpm SMALLINT,
  -- Turns of one crank, leg or arm; steps a minute are twice that.
  cadence_rpm REAL,
  power_watts SMALLINT,
  temperature_celsius REAL,
  grade_ratio REAL
);

-- Four weeks of a recording athlete are about fifty thousand rows; a busy server sets shorter chunks.
SELECT create_hypertable('samples', by_range('at', INTERVAL '28 days'), create_default_indexes => false);

CREATE INDEX samples_by_activity ON samples (activity_id, at);

ALTER TABLE samples SET (
  timescaledb.enable_columnstore,
  timescaledb.segmentby = 'activity_id',
  timescaledb.orderby = 'at'
);

-- Late uploads of older recordings go into compressed chunks and are merged there.
CALL add_columnstore_policy('samples', after => INTERVAL '60 days');

-- AES-256-GCM under the key of the athlete; timeseries/positions.ts knows what is inside.
CREATE TABLE position_blocks (
  activity_id UUID NOT NULL,
  block SMALLINT NOT NULL,
  ciphertext BYTEA NOT NULL,
  PRIMARY KEY (activity_id, block)
);
