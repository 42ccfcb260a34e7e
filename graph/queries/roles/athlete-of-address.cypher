// Whose account an address opens, found by the keyed hash of it.
// in:  emailHash STRING
// out: athleteId STRING
MATCH (:Account {emailHash: $emailHash})-[:OPENS]->(athlete:Athlete)
RETURN athlete.athleteId AS athleteId
