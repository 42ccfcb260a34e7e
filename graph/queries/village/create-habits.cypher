// Opens athletes of the generated village to company, with their habits.
// in:  company LIST<MAP> ({athleteId, habits: LIST<MAP> ({habitKey, sport, weekday, cell, times, speedMetersPerSecond,
//      lastAt})})
// out: made INTEGER
// plan: Eager, since several share a habit
UNWIND $company AS row
MATCH (athlete:Athlete {athleteId: row.athleteId})
SET athlete.isOpenToTraining = true
WITH athlete, row
UNWIND row.habits AS each
MERGE (habit:Habit {habitKey: each.habitKey})
ON CREATE SET
  habit.sport = each.sport,
  habit.weekday = each.weekday,
  habit.cell = each.cell
CREATE (athlete)-[:HABITUALLY {
  athleteId: row.athleteId,
  habitKey: each.habitKey,
  times: each.times,
  speedMetersPerSecond: each.speedMetersPerSecond,
  lastAt: each.lastAt,
  zonesDue: 0
}]->(habit)
RETURN count(*) AS made
