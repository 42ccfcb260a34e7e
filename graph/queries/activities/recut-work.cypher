// Some activities of an athlete that are due to be measured again, newest first, without those whose recording could
// not be read since the last change.
// in:  athleteId STRING, limit INTEGER
// out: ownerStanding STRING (active | suspended), wrappedKey BYTES, activities LIST<MAP> ({activityId STRING,
//      source STRING, uploadId STRING?, format STRING?, channels LIST<STRING>, timeZone STRING, isCut BOOLEAN,
//      polyline BYTES?, wholePolyline BYTES?}); no row when there is no such athlete
MATCH (athlete:Athlete {athleteId: $athleteId})-[:KEEPS]->(key:AthleteKey)
WHERE athlete.deletedAt IS NULL
RETURN
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding,
  key.wrapped AS wrappedKey,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = $athleteId
      AND activity.startedAt IS NOT NULL // a composite index serves only who asks about all its properties
      AND activity.activityId IS NOT NULL
      AND coalesce(activity.zonesVersion, 0) < coalesce(athlete.zonesDue, 0)
      AND coalesce(activity.unreadableSince, 0) < athlete.zonesDue
    WITH activity
    ORDER BY activity.athleteId DESC, activity.startedAt DESC, activity.activityId DESC
    LIMIT $limit
    OPTIONAL MATCH (activity)<-[:MADE]-(upload:Upload)
    RETURN activity {
      .activityId, .source, .channels, .timeZone, .polyline, .wholePolyline,
      isCut: activity.whole IS NOT NULL,
      uploadId: upload.uploadId,
      format: upload.format
    }
  } AS activities
