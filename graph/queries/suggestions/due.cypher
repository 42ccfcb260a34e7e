// For whom it is morning and for whom nothing was sought today: athletes who were here lately, by their id.
// in:  timeZones LIST<STRING> (where it is morning), soughtBefore DATETIME, refreshedAfter DATETIME (here lately
//      means a session since then), afterId STRING (the page begins behind it), limit INTEGER
// out: athleteId STRING
MATCH (athlete:Athlete)
WHERE athlete.athleteId > $afterId
  AND athlete.deletedAt IS NULL
  AND athlete.suspendedAt IS NULL
  AND coalesce(athlete.timeZone, 'UTC') IN $timeZones
  AND (athlete.suggestionSoughtAt IS NULL OR athlete.suggestionSoughtAt < $soughtBefore)
  AND EXISTS {
    (athlete)<-[:OF]-(session:Session)
    WHERE coalesce(session.refreshedAt, session.createdAt) > $refreshedAfter
  }
RETURN athlete.athleteId AS athleteId
ORDER BY athleteId
LIMIT $limit
