// Lets an athlete ask to join a club. Both are locked.
// in:  athleteId STRING, clubId STRING, since DATETIME
// out: since DATETIME
MATCH (athlete:Athlete {athleteId: $athleteId})
MATCH (club:Club {clubId: $clubId})
MERGE (athlete)-[request:ASKS_TO_JOIN]->(club)
ON CREATE SET
  request.athleteId = $athleteId,
  request.clubId = $clubId,
  request.since = $since
RETURN request.since AS since
