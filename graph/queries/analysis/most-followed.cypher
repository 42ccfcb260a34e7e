// Who is followed most, and how many do they follow themselves?
// for: analysts
// in:  limit INTEGER
// out: athleteId STRING, followers INTEGER, follows INTEGER
MATCH (athlete:Athlete)
WHERE athlete.deletedAt IS NULL
WITH athlete, COUNT { (athlete)<-[:FOLLOWS]-() } AS followers
ORDER BY followers DESC, athlete.athleteId
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  followers,
  COUNT { (athlete)-[:FOLLOWS]->() } AS follows
ORDER BY followers DESC, athleteId
