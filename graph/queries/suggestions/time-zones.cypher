// Time zones in which athletes live; who does not say lives in UTC.
// in:  limit INTEGER
// out: timeZone STRING
MATCH (athlete:Athlete)
WHERE athlete.athleteId IS NOT NULL
WITH DISTINCT coalesce(athlete.timeZone, 'UTC') AS timeZone
RETURN timeZone
ORDER BY timeZone
LIMIT $limit
