// Clubs two steps from those of the viewer: others that members of these belong to, the most shared members first. Only
// clubs that are public all the way up, so that nothing shows of who belongs to any other.
// in:  viewerId STRING, clubsWalked INTEGER, membersWalked INTEGER (of each, the latest), limit INTEGER
// out: clubId STRING, sharedMembers INTEGER
WITH COLLECT {
  MATCH (:Athlete {athleteId: $viewerId})-[membership:MEMBER_OF]->(:Club)
  RETURN membership.clubId
  ORDER BY membership.since DESC, membership.clubId
} AS own
UNWIND own[0..$clubsWalked] AS clubId
CALL (clubId) {
  MATCH (mate:Athlete)-[membership:MEMBER_OF]->(:Club)
  WHERE membership.clubId = clubId
    AND membership.since IS NOT NULL
    AND membership.athleteId IS NOT NULL // a composite index serves only who asks about all its properties
  RETURN mate
  ORDER BY membership.clubId DESC, membership.since DESC, membership.athleteId DESC
  LIMIT $membersWalked
}
WITH DISTINCT mate, own
WHERE mate.athleteId <> $viewerId
  AND mate.suspendedAt IS NULL
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: mate.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: mate.athleteId, blockedId: $viewerId}]->() }
MATCH (mate)-[membership:MEMBER_OF]->(club:Club)
WHERE NOT membership.clubId IN own
WITH club, count(*) AS sharedMembers
WHERE club.closedAt IS NULL
  AND NOT EXISTS { MATCH (club)-[:PART_OF*0..5]->(up:Club) WHERE up.visibility <> 'public' }
  AND NOT EXISTS { (:Athlete {athleteId: $viewerId})-[:BANNED_FROM]->(:Club)<-[:PART_OF*0..5]-(club) }
RETURN club.clubId AS clubId, sharedMembers
ORDER BY sharedMembers DESC, clubId
LIMIT $limit
