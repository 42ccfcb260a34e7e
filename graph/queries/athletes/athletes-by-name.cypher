// Athletes whose name has all the words, best match first. Whoever is hidden from the viewer is left out here
// for speed; the policy decides each one again.
// in:  words STRING (Lucene query), viewerId STRING, depth INTEGER (matches looked at), limit INTEGER,
//      afterScore FLOAT and afterId STRING (the page begins below this pair)
// out: athleteId STRING, displayName STRING, score FLOAT,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
CALL db.index.fulltext.queryNodes('athlete_names', $words, {limit: $depth})
YIELD node AS athlete, score
WHERE (score < $afterScore OR (score = $afterScore AND athlete.athleteId > $afterId))
  AND athlete.suspendedAt IS NULL
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
WITH athlete, score
ORDER BY score DESC, athlete.athleteId
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  score,
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
ORDER BY score DESC, athleteId
