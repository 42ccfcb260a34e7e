// Deletes what is left of a deleted athlete once nothing is tied to it any more.
// in:  athleteId STRING
// out: athleteId STRING, no row while something is
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NOT NULL AND NOT EXISTS { (athlete)--() }
WITH athlete, athlete.athleteId AS athleteId
DELETE athlete
RETURN athleteId
