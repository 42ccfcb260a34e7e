// Takes the lock that lets one process migrate at a time; whoever comes second waits until the first one commits.
// in:  name STRING
// out: name STRING
MERGE (lock:MigrationLock {name: $name})
SET lock.takenAt = datetime()
RETURN lock.name AS name
