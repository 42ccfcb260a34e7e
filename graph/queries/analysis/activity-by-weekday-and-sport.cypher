// On which days of the week is which sport done? By the clock of where it was done.
// for: analysts
// in:  since DATETIME, limit INTEGER
// out: sport STRING (plain: name of the sport), weekday INTEGER (1 is Monday), activities INTEGER, athletes INTEGER,
//      hours FLOAT (all together)
MATCH (activity:Activity)
WHERE activity.startedAt >= $since
WITH
  activity.sport AS sport,
  datetime({datetime: activity.startedAt, timezone: coalesce(activity.timeZone, 'UTC')}).dayOfWeek AS weekday,
  activity
RETURN
  sport,
  weekday,
  count(*) AS activities,
  count(DISTINCT activity.athleteId) AS athletes,
  sum(activity.elapsedSeconds) / 3600 AS hours
ORDER BY activities DESC, sport, weekday
LIMIT $limit
