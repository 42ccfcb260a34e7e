// The followers of an athlete whom the viewer follows, by their latest follow; for an athlete with few followers.
// Whoever is hidden from the viewer is left out here for speed; the policy decides each one again.
// in:  athleteId STRING, viewerId STRING, beforeSince DATETIME and beforeId STRING (the page begins below this pair),
//      depth INTEGER (follows looked at), limit INTEGER
// out: athleteId STRING, displayName STRING, since DATETIME,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
MATCH ()-[follow:FOLLOWS]->()
WHERE follow.followeeId = $athleteId
  AND follow.since <= $beforeSince
  // Not an OR, for which the planner may leave the index.
  AND CASE follow.since WHEN $beforeSince THEN follow.followerId < $beforeId ELSE true END
WITH follow
// The index gives them in this order only if it is asked for from its first property on.
ORDER BY follow.followeeId DESC, follow.since DESC, follow.followerId DESC
LIMIT $depth
WITH follow, startNode(follow) AS athlete
WHERE EXISTS { ()-[:FOLLOWS {followeeId: follow.followerId, followerId: $viewerId}]->() }
  AND athlete.deletedAt IS NULL
  AND athlete.suspendedAt IS NULL
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
WITH athlete, follow
ORDER BY follow.followeeId DESC, follow.since DESC, follow.followerId DESC
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  follow.since AS since,
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
