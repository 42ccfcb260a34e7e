// Locks the hierarchy of clubs until the transaction ends, so that two moves at once can make no circle.
// in:  nothing
// out: name STRING
MERGE (lock:ClubHierarchyLock {name: 'clubs'})
REMOVE lock:Locked
RETURN lock.name AS name
