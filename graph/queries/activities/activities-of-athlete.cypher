// An athlete's activities, newest first, and what decides who may see them.
// in:  athleteId STRING, viewerId STRING? (null for somebody without an account), sport STRING? (any when null),
//      after DATETIME (inclusive), cursorStartedAt DATETIME and cursorActivityId STRING (the page begins below
//      this pair), limit INTEGER
// out: ownerStanding STRING (active | suspended | deleted), ownerHidesFromSignedOut BOOLEAN, isFollower BOOLEAN,
//      isClubMate BOOLEAN, isBlocked BOOLEAN, displayName STRING, wrappedKey BYTES?,
//      activities LIST<MAP> (see graph/model.md);
//      no row when there is no such athlete
WITH COLLECT {
  MATCH (:Athlete {athleteId: $viewerId})-[membership:MEMBER_OF]->()
  RETURN membership.clubId
} AS clubIds
MATCH (owner:Athlete {athleteId: $athleteId})
OPTIONAL MATCH (owner)-[:KEEPS]->(key:AthleteKey)
WITH
  owner, key,
  CASE
    WHEN owner.deletedAt IS NOT NULL THEN 'deleted'
    WHEN owner.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  coalesce(owner.hidesFromSignedOut, false) AS ownerHidesFromSignedOut,
  EXISTS { ()-[:FOLLOWS {followeeId: $athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { (owner)-[membership:MEMBER_OF]->() WHERE membership.clubId IN clubIds } AS isClubMate,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: $athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: $athleteId, blockedId: $viewerId}]->() } AS isBlocked
WITH
  *,
  CASE
    WHEN $viewerId = $athleteId THEN ['everyone', 'followers', 'clubMates', 'onlyMe']
    ELSE ['everyone']
      + CASE WHEN isFollower THEN ['followers'] ELSE [] END
      + CASE WHEN isClubMate THEN ['clubMates'] ELSE [] END
  END AS visibilities
CALL (owner, visibilities) {
  MATCH (activity:Activity)
  WHERE activity.athleteId = owner.athleteId
    AND activity.startedAt <= $cursorStartedAt
    AND activity.startedAt >= $after
    AND activity.activityId IS NOT NULL // a composite index serves only who asks about all its properties
    // Not an OR, which the planner would answer by scanning all activities.
    AND CASE activity.startedAt WHEN $cursorStartedAt THEN activity.activityId < $cursorActivityId ELSE true END
    AND activity.visibility IN visibilities
    AND ($sport IS NULL OR activity.sport = $sport)
  WITH activity
  // The constant comes first because the index gives its order only to who names its first property too.
  ORDER BY activity.athleteId DESC, activity.startedAt DESC, activity.activityId DESC
  LIMIT $limit
  RETURN collect(activity {
    .activityId, .athleteId, .name, .sport, .timeZone,
    sharing: activity {
      .visibility, .mapVisibility, .heartRateVisibility, .powerVisibility, .cadenceVisibility, .temperatureVisibility,
      .hidesStartTime, .hidesFromHomeFeed
    },
    startedAtMilliseconds: activity.startedAt.epochMillis,
    hiddenStartedAtMilliseconds: activity.hiddenStartedAt.epochMillis,
    .distanceMeters, .movingSeconds, .elapsedSeconds, .climbMeters,
    .averageSpeedMetersPerSecond, .averageHeartRateBpm, .averagePowerWatts, .outline,
    zonesArePending: coalesce(activity.zonesVersion, 0) < coalesce(owner.zonesDue, 0),
    timeZoneVisibility: coalesce(owner.timeZoneVisibility, 'followers'),
    // Others get nothing of it in any case.
    whole: CASE owner.athleteId WHEN $viewerId THEN activity.whole END,
    wholeOutline: CASE owner.athleteId WHEN $viewerId THEN activity.wholeOutline END
  }) AS activities
}
RETURN
  ownerStanding, ownerHidesFromSignedOut, isFollower, isClubMate, isBlocked,
  owner.displayName AS displayName, key.wrapped AS wrappedKey, activities
