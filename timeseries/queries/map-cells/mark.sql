-- Notes that an athlete was in some map cells in an activity; again is the same as once.
-- in:  $1 cells BYTEA[], $2 athletes BYTEA[], $3 activities BYTEA[] (keyed hashes, one of each a cell)
-- out: nothing
INSERT INTO map_cells (cell, athlete, activity)
SELECT cell, athlete, activity
FROM unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS marks (cell, athlete, activity)
ON CONFLICT DO NOTHING
