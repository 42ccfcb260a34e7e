// How much of a generated village has been written.
// in:  name STRING
// out: written LIST<INTEGER> (numbers of batches), until DATETIME, isComplete BOOLEAN
MATCH (village:Village {name: $name})
RETURN
  coalesce(village.written, []) AS written,
  village.until AS until,
  village.completedAt IS NOT NULL AS isComplete
