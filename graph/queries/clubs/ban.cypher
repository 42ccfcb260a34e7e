// Bans an athlete from a club, and ends their memberships and requests in it and in every club below it, except what
// they own. Both are locked.
// in:  athleteId STRING, clubId STRING, since DATETIME
// out: leftIds LIST<STRING> (clubs that the athlete was a member of)
MATCH (athlete:Athlete {athleteId: $athleteId})
MATCH (club:Club {clubId: $clubId})
MERGE (athlete)-[ban:BANNED_FROM]->(club)
ON CREATE SET
  ban.athleteId = $athleteId,
  ban.clubId = $clubId,
  ban.since = $since
WITH athlete, club
OPTIONAL MATCH (athlete)-[tie:MEMBER_OF|ASKS_TO_JOIN]->(:Club)-[:PART_OF*0..5]->(club)
WHERE coalesce(tie.role, 'none') <> 'owner'
WITH tie, CASE WHEN tie.role IS NOT NULL THEN tie.clubId END AS leftId
DELETE tie
RETURN collect(leftId) AS leftIds
