// Keeps the habits of an athlete; again is the same as once. The athlete is locked.
// in:  athleteId STRING, zonesDue INTEGER (of the athlete, when the habits were worked out), habits LIST<MAP>
//      ({habitKey STRING, sport STRING, weekday INTEGER, cell STRING, times INTEGER, speedMetersPerSecond FLOAT,
//      lastAt DATETIME})
// out: nothing
// plan: Eager of at most two dozen rows
MATCH (athlete:Athlete {athleteId: $athleteId})
UNWIND $habits AS each
MERGE (habit:Habit {habitKey: each.habitKey})
ON CREATE SET
  habit.sport = each.sport,
  habit.weekday = each.weekday,
  habit.cell = each.cell
MERGE (athlete)-[tie:HABITUALLY]->(habit)
SET tie = {
  athleteId: $athleteId,
  habitKey: each.habitKey,
  times: each.times,
  speedMetersPerSecond: each.speedMetersPerSecond,
  lastAt: each.lastAt,
  zonesDue: $zonesDue
}
