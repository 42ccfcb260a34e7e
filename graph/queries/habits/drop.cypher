// Ends the habits of an athlete, but for some; a habit that nobody has any more goes too. The athlete is locked.
// in:  athleteId STRING, habitKeys LIST<STRING> (those that stay)
// out: nothing
// plan: Eager of at most two dozen rows
MATCH (:Athlete {athleteId: $athleteId})-[tie:HABITUALLY]->(habit:Habit)
WHERE NOT tie.habitKey IN $habitKeys
DELETE tie
WITH DISTINCT habit
WHERE NOT EXISTS { (habit)<-[:HABITUALLY]-() }
DELETE habit
