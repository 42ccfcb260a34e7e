// Deletes some of the follows, requests, blocks, mutes, dismissals, suggestions and resemblances of a deleted
// athlete: so few that no transaction is large. Any of them will do, so they are not ordered.
// in:  athleteId STRING, limit INTEGER
// out: erased INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})-[tie:FOLLOWS|REQUESTS|BLOCKS|MUTES|DISMISSED|SUGGESTED|RESEMBLES]-()
WHERE athlete.deletedAt IS NOT NULL
WITH tie
LIMIT $limit
DELETE tie
RETURN count(*) AS erased
