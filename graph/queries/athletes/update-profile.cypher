// Changes the given properties of an athlete; null removes one.
// in:  athleteId STRING, changes MAP
// out: version INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})
SET athlete += $changes
SET athlete.version = athlete.version + 1
RETURN athlete.version AS version
