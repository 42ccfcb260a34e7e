// How a viewer stands to some athletes, with what decides whether these are recommended to train with.
// in:  athleteIds LIST<STRING>, viewerId STRING
// out: athleteId STRING, displayName STRING, isOpenToTraining BOOLEAN (they look for company),
//      isCallerOpenToTraining BOOLEAN, isMuted BOOLEAN (by the viewer), isDismissed BOOLEAN (by the viewer),
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
// plan: CartesianProduct of lookups by key
MATCH (viewer:Athlete {athleteId: $viewerId})
UNWIND $athleteIds AS id
MATCH (athlete:Athlete {athleteId: id})
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  coalesce(athlete.isOpenToTraining, false) AS isOpenToTraining,
  coalesce(viewer.isOpenToTraining, false) AS isCallerOpenToTraining,
  EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: athlete.athleteId}]->() } AS isMuted,
  EXISTS { ()-[:DISMISSED {dismisserId: $viewerId, dismissedId: athlete.athleteId}]->() } AS isDismissed,
  coalesce(athlete.approvesFollowers, true) AS approvesFollowers,
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
