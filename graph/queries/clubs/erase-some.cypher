// Deletes some of what a closed club still holds: so little that no transaction is large. Any of its ties will do,
// so they are not ordered.
// in:  clubId STRING, limit INTEGER
// out: erased INTEGER
MATCH (club:Club {clubId: $clubId})-[tie]-(other)
WHERE club.closedAt IS NOT NULL
WITH tie, other
LIMIT $limit
DELETE tie
WITH other
CALL (other) {
  WITH other
  WHERE other:Invitation OR other:Announcement
  DETACH DELETE other
}
RETURN count(*) AS erased
