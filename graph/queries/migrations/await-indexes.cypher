// Waits until every index is filled and answers queries.
// in:  timeoutSeconds INTEGER
// out: nothing
CALL db.awaitIndexes($timeoutSeconds)
