// Whether an athlete looks for company, and has habits kept.
// in:  athleteId STRING
// out: isOpenToTraining BOOLEAN, hasHabits BOOLEAN; no row when there is no such athlete
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN
  coalesce(athlete.isOpenToTraining, false) AS isOpenToTraining,
  EXISTS { (athlete)-[:HABITUALLY]->() } AS hasHabits
