// Follows with when they began, a page at a time, to hide some of them from a copy.
// in:  afterFollowerId STRING, afterFolloweeId STRING (the page begins behind this pair), limit INTEGER
// out: followerId STRING, followeeId STRING, since DATETIME
MATCH (:Athlete)-[follow:FOLLOWS]->(:Athlete)
WHERE follow.followerId >= $afterFollowerId
  AND follow.followeeId IS NOT NULL
  AND CASE follow.followerId WHEN $afterFollowerId THEN follow.followeeId > $afterFolloweeId ELSE true END
WITH follow
ORDER BY follow.followerId, follow.followeeId
LIMIT $limit
RETURN follow.followerId AS followerId, follow.followeeId AS followeeId, follow.since AS since
ORDER BY followerId, followeeId
