// Whom an athlete blocks, the latest block first. The athlete is the viewer.
// in:  viewerId STRING, beforeSince DATETIME and beforeId STRING (the page begins below this pair), limit INTEGER
// out: athleteId STRING, displayName STRING, since DATETIME
MATCH (:Athlete)-[block:BLOCKS]->(athlete:Athlete)
WHERE block.blockerId = $viewerId
  AND block.since <= $beforeSince
  // Not an OR, for which the planner may leave the index.
  AND CASE block.since WHEN $beforeSince THEN block.blockedId < $beforeId ELSE true END
  AND athlete.deletedAt IS NULL
WITH athlete, block
// The index gives them in this order only if it is asked for from its first property on.
ORDER BY block.blockerId DESC, block.since DESC, block.blockedId DESC
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  block.since AS since
ORDER BY since DESC, athleteId DESC
