// How a viewer stands to an athlete: what following, asking, accepting and blocking are decided on. Read it after both
// were locked.
// in:  athleteId STRING, viewerId STRING
// out: athleteId STRING, displayName STRING, hasBlocked BOOLEAN (the viewer blocks the athlete),
//      hasAsked BOOLEAN (the athlete has asked to follow the viewer),
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() } AS hasBlocked,
  EXISTS { ()-[:REQUESTS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS hasAsked,
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
