-- Which cells of the map enough athletes have used. Cells and athletes stand as keyed hashes: a copy of this table places
-- nobody and names nobody, and once the key of an athlete is destroyed nothing ties their rows to them.
CREATE TABLE map_cells (
  -- HMAC of the number of the cell, under the master key.
  cell BYTEA NOT NULL,
  -- HMAC of the cell under the key of the athlete: another one in each cell.
  athlete BYTEA NOT NULL,
  -- HMAC of the cell and the activity under the key of the athlete.
  activity BYTEA NOT NULL,
  PRIMARY KEY (cell, athlete, activity)
);

-- How far the writing of recordings has been followed.
CREATE TABLE map_cells_progress (
  row_number SMALLINT PRIMARY KEY DEFAULT 1 CHECK (row_number = 1),
  written_at TIMESTAMPTZ NOT NULL,
  activity_id UUID NOT NULL
);
