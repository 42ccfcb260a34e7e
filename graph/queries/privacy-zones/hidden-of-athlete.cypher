// What zones hide of an athlete's newest activities, and how many activities are due to be measured again, or cannot
// be.
// in:  athleteId STRING, limit INTEGER
// out: wrappedKey BYTES?, cut LIST<MAP> ({activityId STRING, whole BYTES}), pendingCount INTEGER,
//      unreadableCount INTEGER; no row when there is no such athlete
MATCH (athlete:Athlete {athleteId: $athleteId})
OPTIONAL MATCH (athlete)-[:KEEPS]->(key:AthleteKey)
RETURN
  key.wrapped AS wrappedKey,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = $athleteId
      AND activity.startedAt IS NOT NULL // a composite index serves only who asks about all its properties
      AND activity.activityId IS NOT NULL
      AND activity.whole IS NOT NULL
    RETURN activity {.activityId, .whole}
    ORDER BY activity.athleteId DESC, activity.startedAt DESC, activity.activityId DESC
    LIMIT $limit
  } AS cut,
  COUNT {
    MATCH (athlete)-[:PERFORMED]->(activity:Activity)
    WHERE coalesce(activity.zonesVersion, 0) < coalesce(athlete.zonesDue, 0)
      AND coalesce(activity.unreadableSince, 0) < athlete.zonesDue
  } AS pendingCount,
  COUNT {
    MATCH (athlete)-[:PERFORMED]->(activity:Activity)
    WHERE coalesce(activity.zonesVersion, 0) < coalesce(athlete.zonesDue, 0)
      AND activity.unreadableSince >= athlete.zonesDue
  } AS unreadableCount
