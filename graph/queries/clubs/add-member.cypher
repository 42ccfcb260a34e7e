// Makes an athlete a member of a club, and answers the request if there was one. Both are locked.
// in:  athleteId STRING, clubId STRING, since DATETIME
// out: role STRING
MATCH (athlete:Athlete {athleteId: $athleteId})
MATCH (club:Club {clubId: $clubId})
MERGE (athlete)-[membership:MEMBER_OF]->(club)
ON CREATE SET
  membership.athleteId = $athleteId,
  membership.clubId = $clubId,
  membership.role = 'member',
  membership.since = $since
WITH athlete, club, membership
OPTIONAL MATCH (athlete)-[request:ASKS_TO_JOIN]->(club)
DELETE request
RETURN membership.role AS role
