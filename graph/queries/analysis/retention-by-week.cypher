// Of those who registered in one week, how many recorded something in the week after, and four and twelve weeks later?
// for: analysts
// in:  since DATETIME, limit INTEGER (weeks)
// out: week STRING (plain: of ISO 8601, 2026-W07), registered INTEGER, activeAfterOneWeek INTEGER,
//      activeAfterFourWeeks INTEGER, activeAfterTwelveWeeks INTEGER
MATCH (athlete:Athlete)
WHERE athlete.createdAt >= $since AND athlete.deletedAt IS NULL
WITH
  toString(athlete.createdAt.weekYear) + '-W' + right('0' + toString(athlete.createdAt.week), 2) AS week,
  [weeks IN [1, 4, 12] | EXISTS {
    MATCH (activity:Activity)
    WHERE activity.athleteId = athlete.athleteId
      AND activity.startedAt >= athlete.createdAt + duration({weeks: weeks})
      AND activity.startedAt < athlete.createdAt + duration({weeks: weeks + 1})
      AND activity.activityId IS NOT NULL
  }] AS isActive
RETURN
  week,
  count(*) AS registered,
  sum(CASE WHEN isActive[0] THEN 1 ELSE 0 END) AS activeAfterOneWeek,
  sum(CASE WHEN isActive[1] THEN 1 ELSE 0 END) AS activeAfterFourWeeks,
  sum(CASE WHEN isActive[2] THEN 1 ELSE 0 END) AS activeAfterTwelveWeeks
ORDER BY week DESC
LIMIT $limit
