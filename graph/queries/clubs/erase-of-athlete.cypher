// Deletes some of what ties a deleted athlete to clubs: memberships, requests, bans, invitations and who wrote an
// announcement. What they own is handed over first. Any of them will do, so they are not ordered.
// in:  athleteId STRING, limit INTEGER
// out: erased INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})-[tie:MEMBER_OF|ASKS_TO_JOIN|BANNED_FROM|ISSUED|WROTE]->(other)
WHERE athlete.deletedAt IS NOT NULL
  AND coalesce(tie.role, 'none') <> 'owner'
WITH tie, other
LIMIT $limit
DELETE tie
WITH other
CALL (other) {
  WITH other
  WHERE other:Invitation
  DETACH DELETE other
}
RETURN count(*) AS erased
