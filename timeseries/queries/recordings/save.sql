-- Says when the samples of an activity are, how many and of what.
-- in:  $1 activityId UUID, $2 startedAt TIMESTAMPTZ, $3 endedAt TIMESTAMPTZ, $4 sampleCount INTEGER,
-- in:  $5 channels TEXT[]
-- out: nothing
INSERT INTO recordings (activity_id, started_at, ended_at, sample_count, channels)
VALUES ($1, $2, $3, $4, $5)
