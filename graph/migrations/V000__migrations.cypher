// What the migrations themselves stand on: run at every start, before the lock is taken, because it makes the lock
// possible.
CREATE CONSTRAINT migration_version IF NOT EXISTS
FOR (migration:Migration) REQUIRE migration.version IS UNIQUE;

CREATE CONSTRAINT migration_lock_name IF NOT EXISTS
FOR (lock:MigrationLock) REQUIRE lock.name IS UNIQUE;
