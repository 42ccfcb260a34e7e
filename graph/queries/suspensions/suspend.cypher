// Suspends an athlete; one who is suspended stays so since then. The athlete is locked.
// in:  athleteId STRING, now DATETIME
// out: suspendedAt DATETIME
MATCH (athlete:Athlete {athleteId: $athleteId})
SET athlete.suspendedAt = coalesce(athlete.suspendedAt, $now)
RETURN athlete.suspendedAt AS suspendedAt
