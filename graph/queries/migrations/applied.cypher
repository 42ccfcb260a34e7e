// Which migrations this graph has seen, and how each file read at that time.
// in:  nothing
// out: version INTEGER, checksum STRING (SHA-256 in hexadecimal)
// plan: without a bound, since there are as many as files
MATCH (migration:Migration)
RETURN migration.version AS version, migration.checksum AS checksum
ORDER BY version
