// Notes that all of a generated village is written.
// in:  name STRING
// out: isComplete BOOLEAN
MATCH (village:Village {name: $name})
SET village.completedAt = datetime()
RETURN true AS isComplete
