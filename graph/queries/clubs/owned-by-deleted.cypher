// The clubs that a deleted athlete still owns.
// in:  athleteId STRING
// out: clubId STRING
MATCH (athlete:Athlete {athleteId: $athleteId})-[:MEMBER_OF {role: 'owner'}]->(club:Club)
WHERE athlete.deletedAt IS NOT NULL
RETURN club.clubId AS clubId
ORDER BY clubId
