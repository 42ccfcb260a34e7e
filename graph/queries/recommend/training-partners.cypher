// With whom an athlete might train: others who look for company too and do the same sport on the same days of the
// week in the same places, at most an eighth faster or slower. All of it comes from what everyone may see; who did
// a thing last before the given day, or before they changed what their privacy zones hide, does it no more.
// Whether the viewer follows them makes no difference: whom one knows one may still not know to be out on Saturdays.
// Whom the viewer is hidden from, mutes or dismissed is left out for speed; the policy decides each one again. The
// limit on a habit without an order bounds the work in places where everybody trains: any of those there will do, so
// they are not ordered.
// in:  viewerId STRING, startedAfter DATETIME, limit INTEGER
// out: athleteId STRING, score FLOAT, habits LIST<MAP> ({sport STRING, weekday INTEGER, cells LIST<STRING>}, the most
//      usual first), isFromYourRegion BOOLEAN
MATCH (viewer:Athlete {athleteId: $viewerId})
WHERE viewer.isOpenToTraining
CALL (viewer) {
  MATCH (viewer)-[own:HABITUALLY]->(habit:Habit)
  RETURN own, habit
  ORDER BY own.times DESC, own.habitKey
  LIMIT 24
}
CALL (viewer, own) {
  MATCH (athlete:Athlete)-[theirs:HABITUALLY]->(:Habit)
  WHERE theirs.habitKey = own.habitKey
    AND theirs.speedMetersPerSecond >= 0.875 * own.speedMetersPerSecond
    AND theirs.speedMetersPerSecond <= 1.125 * own.speedMetersPerSecond
  RETURN athlete, theirs
  LIMIT 200
}
WITH viewer, own, habit, athlete, theirs
WHERE athlete <> viewer
  AND athlete.isOpenToTraining
  AND theirs.zonesDue = coalesce(athlete.zonesDue, 0)
  AND theirs.lastAt >= $startedAfter
WITH
  viewer,
  athlete,
  habit.sport AS sport,
  habit.weekday AS weekday,
  collect(habit.cell) AS cells,
  max(CASE WHEN own.times < theirs.times THEN own.times ELSE theirs.times END) AS times
ORDER BY times DESC, sport, weekday
WITH
  viewer,
  athlete,
  toFloat(sum(times)) AS score,
  collect({sport: sport, weekday: weekday, cells: cells[0..3]}) AS habits
// Only the best are looked at until enough of them may be shown.
ORDER BY score DESC, athlete.athleteId
WHERE NOT EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:DISMISSED {dismisserId: $viewerId, dismissedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
WITH *
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  score,
  habits,
  coalesce(athlete.homeRegionKey = viewer.homeRegionKey, false) AS isFromYourRegion
ORDER BY score DESC, athleteId
