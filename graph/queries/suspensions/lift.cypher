// Lifts the suspension of an athlete, if there is one. The athlete is locked.
// in:  athleteId STRING
// out: athleteId STRING
MATCH (athlete:Athlete {athleteId: $athleteId})
REMOVE athlete.suspendedAt
RETURN athlete.athleteId AS athleteId
