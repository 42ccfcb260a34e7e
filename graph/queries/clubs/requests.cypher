// Who asks to join a club, the latest request first, and how the viewer stands to each.
// Whoever is hidden from the viewer is left out here for speed; the policy decides each one again.
// in:  clubId STRING, viewerId STRING, beforeSince DATETIME and beforeId STRING (the page begins below this pair),
//      limit INTEGER
// out: athleteId STRING, displayName STRING, since DATETIME,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
MATCH (athlete:Athlete)-[request:ASKS_TO_JOIN]->(:Club)
WHERE request.clubId = $clubId
  AND request.since <= $beforeSince
  AND request.athleteId IS NOT NULL // a composite index serves only who asks about all its properties
  // Not an OR, for which the planner may leave the index.
  AND CASE request.since WHEN $beforeSince THEN request.athleteId < $beforeId ELSE true END
  AND athlete.deletedAt IS NULL
  AND athlete.suspendedAt IS NULL
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
WITH athlete, request
// The index gives them in this order only if it is asked for from its first property on.
ORDER BY request.clubId DESC, request.since DESC, request.athleteId DESC
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  request.since AS since,
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
ORDER BY since DESC, athleteId DESC
