// How a viewer stands to some athletes, with what decides whether these are recommended.
// in:  athleteIds LIST<STRING>, viewerId STRING
// out: athleteId STRING, displayName STRING, isRecommendable BOOLEAN (they let themselves be recommended),
//      tie STRING (none | followed | requested | muted | dismissed: what there is between the two already),
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
UNWIND $athleteIds AS id
MATCH (athlete:Athlete {athleteId: id})
WITH
  athlete,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS hasRequested
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  coalesce(athlete.isRecommendable, true) AS isRecommendable,
  CASE
    WHEN isFollower THEN 'followed'
    WHEN hasRequested THEN 'requested'
    WHEN EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: athlete.athleteId}]->() } THEN 'muted'
    WHEN EXISTS { ()-[:DISMISSED {dismisserId: $viewerId, dismissedId: athlete.athleteId}]->() } THEN 'dismissed'
    ELSE 'none'
  END AS tie,
  coalesce(athlete.approvesFollowers, true) AS approvesFollowers,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  isFollower,
  EXISTS { ()-[:FOLLOWS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS isFollowed,
  hasRequested,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() } AS isBlocked
ORDER BY athleteId
