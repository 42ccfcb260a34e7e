-- Forgets the map cells of an activity.
-- in:  $1 cells BYTEA[], $2 athletes BYTEA[], $3 activities BYTEA[] (keyed hashes, one of each a cell)
-- out: nothing
DELETE FROM map_cells
USING unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS marks (cell, athlete, activity)
WHERE map_cells.cell = marks.cell
  AND map_cells.athlete = marks.athlete
  AND map_cells.activity = marks.activity
