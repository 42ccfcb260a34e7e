// Where looking at so many followers of an athlete ends; no row when there are fewer.
// in:  athleteId STRING, beforeSince DATETIME and beforeId STRING (it begins below this pair), depth INTEGER
// out: since DATETIME, athleteId STRING (the last one looked at)
MATCH ()-[follow:FOLLOWS]->()
WHERE follow.followeeId = $athleteId
  AND follow.since <= $beforeSince
  // Not an OR, for which the planner may leave the index.
  AND CASE follow.since WHEN $beforeSince THEN follow.followerId < $beforeId ELSE true END
RETURN follow.since AS since, follow.followerId AS athleteId
// The index gives them in this order only if it is asked for from its first property on.
ORDER BY follow.followeeId DESC, follow.since DESC, follow.followerId DESC
SKIP $depth - 1
LIMIT 1
