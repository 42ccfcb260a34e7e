// A page of an athlete's followers, in an order that no new follow disturbs.
// in:  athleteId STRING, afterFollowerId STRING ('' for the first page), limit INTEGER
// out: followerId STRING
MATCH ()-[follow:FOLLOWS]->()
WHERE follow.followeeId = $athleteId AND follow.followerId > $afterFollowerId
RETURN follow.followerId AS followerId
// The index gives the order only to who names all of its properties.
ORDER BY follow.followeeId, follow.followerId
LIMIT $limit
