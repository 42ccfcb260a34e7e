-- What one migration said when it ran.
-- in:  $1 file TEXT
-- out: checksum TEXT, SHA-256 in hex; no row when it has not run yet
SELECT checksum
FROM migrations
WHERE file = $1
