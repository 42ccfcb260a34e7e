// What an athlete who looks for company did lately, as any other athlete sees it: activities that are shared with
// everyone, with map and pace, without what privacy zones hide or may hide. It is read after the athlete was locked.
// in:  athleteId STRING, startedAfter DATETIME, limit INTEGER
// out: zonesDue INTEGER, wrappedKey BYTES, activities LIST<MAP> ({activityId STRING, sport STRING, startedAt DATETIME,
//      weekday INTEGER (1 is Monday), speedMetersPerSecond FLOAT, outline BYTES}); no row when they look for none
MATCH (athlete:Athlete {athleteId: $athleteId})-[:KEEPS]->(key:AthleteKey)
WHERE athlete.isOpenToTraining AND athlete.deletedAt IS NULL
RETURN
  coalesce(athlete.zonesDue, 0) AS zonesDue,
  key.wrapped AS wrappedKey,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = $athleteId
      AND activity.startedAt >= $startedAfter
      AND activity.activityId IS NOT NULL // a composite index serves only who asks about all its properties
      AND activity.visibility = 'everyone'
      AND coalesce(activity.mapVisibility, 'everyone') = 'everyone'
      AND coalesce(activity.zonesVersion, 0) >= coalesce(athlete.zonesDue, 0)
      AND activity.averageSpeedMetersPerSecond > 0
      AND activity.outline IS NOT NULL
    WITH activity
    ORDER BY activity.athleteId DESC, activity.startedAt DESC, activity.activityId DESC
    LIMIT $limit
    RETURN activity {
      .activityId, .sport, .startedAt, .outline,
      weekday: datetime({datetime: activity.startedAt, timezone: activity.timeZone}).dayOfWeek,
      speedMetersPerSecond: activity.averageSpeedMetersPerSecond
    }
  } AS activities
