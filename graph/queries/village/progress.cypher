// How much of a generated village has been written.
// in:  name STRING
// out: batches INTEGER, until DATETIME, isComplete BOOLEAN
MATCH (village:Village {name: $name})
RETURN
  village.batches AS batches,
  village.until AS until,
  village.completedAt IS NOT NULL AS isComplete
