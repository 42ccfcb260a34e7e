// Deleted athletes of whom something is left, the longest gone first.
// in:  limit INTEGER
// out: athleteId STRING
MATCH (athlete:Athlete)
WHERE athlete.deletedAt IS NOT NULL
RETURN athlete.athleteId AS athleteId
ORDER BY athlete.deletedAt, athleteId
LIMIT $limit
