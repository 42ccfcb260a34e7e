// How a viewer stands to some athletes, and how many each follows and is followed by.
// in:  athleteIds LIST<STRING>, viewerId STRING
// out: athleteId STRING, displayName STRING, followers INTEGER, follows INTEGER,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
MATCH (athlete:Athlete)
WHERE athlete.athleteId IN $athleteIds
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  COUNT { (athlete)<-[:FOLLOWS]-() } AS followers,
  COUNT { (athlete)-[:FOLLOWS]->() } AS follows,
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
ORDER BY athleteId
