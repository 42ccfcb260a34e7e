// Locks clubs until the transaction ends, in the order of their ids; athletes are locked before them. What decides is
// read by a later query of the same transaction: only that one sees what was committed before the lock.
// in:  clubIds LIST<STRING>
// out: clubId STRING
MATCH (club:Club)
WHERE club.clubId IN $clubIds
WITH club
ORDER BY club.clubId
REMOVE club:Locked
RETURN club.clubId AS clubId
