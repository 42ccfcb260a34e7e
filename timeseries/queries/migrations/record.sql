-- Records that a migration ran, in its own transaction.
-- in:  $1 file TEXT, $2 checksum TEXT
-- out: nothing
INSERT INTO migrations (file, checksum)
VALUES ($1, $2)
