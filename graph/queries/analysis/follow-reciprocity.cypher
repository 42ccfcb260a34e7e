// How many follows are returned? By the age of the follow, over one of 256 random samples of athletes: the last two
// signs of an id are random.
// for: analysts
// in:  sample STRING (00 to ff), limit INTEGER (rows)
// out: month STRING (plain: since when, 2026-05), follows INTEGER, returned INTEGER, returnedShare FLOAT (0 to 1)
MATCH (athlete:Athlete)
WHERE athlete.athleteId ENDS WITH $sample
MATCH (athlete)-[follow:FOLLOWS]->(followee:Athlete)
WITH
  follow.since AS since,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: followee.athleteId}]->() } AS isReturned
WITH
  toString(since.year) + '-' + right('0' + toString(since.month), 2) AS month,
  count(*) AS follows,
  sum(CASE WHEN isReturned THEN 1 ELSE 0 END) AS returned
RETURN month, follows, returned, toFloat(returned) / follows AS returnedShare
ORDER BY month DESC
LIMIT $limit
