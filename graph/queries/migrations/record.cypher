// Records that every statement of a migration has run.
// in:  version INTEGER, fileName STRING, checksum STRING (SHA-256 in hexadecimal)
// out: version INTEGER
MERGE (migration:Migration {version: $version})
ON CREATE SET
  migration.fileName = $fileName,
  migration.checksum = $checksum,
  migration.appliedAt = datetime()
RETURN migration.version AS version
