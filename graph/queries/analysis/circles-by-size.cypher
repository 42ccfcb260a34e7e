// Around whom do the largest circles form? A circle is everybody whom one athlete follows and who follows back; density
// is the share of its pairs who follow one another. Over one of 256 random samples of athletes.
// for: analysts
// in:  sample STRING (00 to ff), limit INTEGER
// out: athleteId STRING, circle INTEGER (athletes in it), pairs INTEGER (follows within it), density FLOAT (0 to 1)
MATCH (athlete:Athlete)
WHERE athlete.athleteId ENDS WITH $sample
CALL (athlete) {
  MATCH (athlete)-[:FOLLOWS]->(friend:Athlete)
  WHERE EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: friend.athleteId}]->() }
  RETURN friend
  ORDER BY friend.athleteId
  // A circle of so many is one of a club or a star; more pairs would be compared than a second holds.
  LIMIT 200
}
WITH athlete, collect(friend) AS circle
WHERE size(circle) > 1
ORDER BY size(circle) DESC, athlete.athleteId
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  size(circle) AS circle,
  COUNT { MATCH (one:Athlete)-[:FOLLOWS]->(other:Athlete) WHERE one IN circle AND other IN circle } AS pairs,
  toFloat(COUNT { MATCH (one:Athlete)-[:FOLLOWS]->(other:Athlete) WHERE one IN circle AND other IN circle })
    / (size(circle) * (size(circle) - 1)) AS density
ORDER BY circle DESC, athleteId
