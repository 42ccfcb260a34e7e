// Locks athletes until the transaction ends. Removing a label that none of them has takes the write lock of the node
// and changes nothing. They are locked in the order of their ids, so that two transactions never wait for each other.
// Facts are read by a later query of the same transaction: only that one sees what was committed before the lock.
// in:  athleteIds LIST<STRING>
// out: athleteId STRING
MATCH (athlete:Athlete)
WHERE athlete.athleteId IN $athleteIds
WITH athlete
ORDER BY athlete.athleteId
REMOVE athlete:Locked
RETURN athlete.athleteId AS athleteId
