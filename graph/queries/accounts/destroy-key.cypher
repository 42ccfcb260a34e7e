// Destroys the key of an athlete's data: whatever is encrypted under it is unreadable from here on, in every store.
// in:  athleteId STRING
// out: athleteId STRING
MATCH (:Athlete {athleteId: $athleteId})-[:KEEPS]->(key:AthleteKey)
WITH key, key.athleteId AS athleteId
DETACH DELETE key
RETURN athleteId
