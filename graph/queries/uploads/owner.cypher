// What is needed before a file is taken: the key that it is encrypted under.
// in:  athleteId STRING
// out: wrappedKey BYTES; no row when the athlete is gone
MATCH (athlete:Athlete {athleteId: $athleteId})-[:KEEPS]->(key:AthleteKey)
WHERE athlete.deletedAt IS NULL
RETURN key.wrapped AS wrappedKey
