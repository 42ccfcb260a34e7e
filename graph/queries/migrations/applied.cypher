// Which migrations this graph has seen, and how each file read at that time.
// in:  nothing
// out: version INTEGER, checksum STRING (SHA-256 in hexadecimal)
MATCH (migration:Migration)
RETURN migration.version AS version, migration.checksum AS checksum
ORDER BY version
