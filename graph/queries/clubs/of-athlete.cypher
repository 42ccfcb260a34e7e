// The clubs that an athlete belongs to, and how the viewer stands to the athlete. There are never many.
// in:  athleteId STRING, viewerId STRING
// out: athleteId STRING, displayName STRING, memberships LIST<MAP> {clubId STRING, role STRING, since DATETIME},
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN; no row when there never was such an athlete
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  COLLECT {
    MATCH (athlete)-[membership:MEMBER_OF]->(club:Club)
    WHERE club.closedAt IS NULL
    RETURN membership {.clubId, .role, .since}
    ORDER BY membership.clubId DESC
  } AS memberships,
  athlete.approvesFollowers AS approvesFollowers,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { ()-[:FOLLOWS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS isFollowed,
  EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS hasRequested,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() } AS isBlocked
