// Ends the suggestion that an athlete had, and notes that one was sought. The athlete is locked.
// in:  athleteId STRING, now DATETIME
// out: athleteId STRING, no row when there is no such athlete
// plan: Eager of one row
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
SET athlete.suggestionSoughtAt = $now
WITH athlete
OPTIONAL MATCH (athlete)-[old:SUGGESTED]->()
DELETE old
RETURN DISTINCT athlete.athleteId AS athleteId
