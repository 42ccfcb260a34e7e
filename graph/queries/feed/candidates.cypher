// The newest activities of a viewer and of everyone they follow and don't mute; who may see them is decided later.
// in:  viewerId STRING, startedAt DATETIME and activityId STRING (only below this pair), limit INTEGER
// out: activityId STRING, startedAt DATETIME
MATCH (viewer:Athlete {athleteId: $viewerId})
CALL (viewer) {
  RETURN viewer.athleteId AS athleteId
  UNION ALL
  MATCH (viewer)-[:FOLLOWS]->(followee:Athlete)
  WHERE NOT EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: followee.athleteId}]->() }
  RETURN followee.athleteId AS athleteId
}
CALL (athleteId) {
  MATCH (activity:Activity)
  WHERE activity.athleteId = athleteId
    AND activity.startedAt <= $startedAt
    AND activity.activityId IS NOT NULL // a composite index serves only who asks about all its properties
    // Not an OR, which the planner would answer by scanning all activities.
    AND CASE activity.startedAt WHEN $startedAt THEN activity.activityId < $activityId ELSE true END
  RETURN activity.startedAt AS startedAt, activity.activityId AS activityId
  // The constant comes first because the index gives its order only to who names its first property too.
  ORDER BY activity.athleteId DESC, activity.startedAt DESC, activity.activityId DESC
  LIMIT $limit
}
RETURN activityId, startedAt
ORDER BY startedAt DESC, activityId DESC
LIMIT $limit
