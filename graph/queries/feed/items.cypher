// What a page of the home feed shows of the given activities, and what decides who may see them: those of the
// viewer and of athletes whom the viewer follows right now and does not mute, newest first.
// in:  viewerId STRING, activityIds LIST<STRING>
// out: fields of the activity (see graph/model.md), startedAtMilliseconds INTEGER (since 1970: twenty of them are read
//      half a millisecond faster than twenty DATETIME), displayName STRING, wrappedKey BYTES?,
//      ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN, isBlocked BOOLEAN
UNWIND $activityIds AS activityId
MATCH (activity:Activity {activityId: activityId})<-[:PERFORMED]-(owner:Athlete)
WITH
  activity, owner,
  EXISTS { ()-[:FOLLOWS {followeeId: owner.athleteId, followerId: $viewerId}]->() } AS isFollower
WHERE (isFollower OR owner.athleteId = $viewerId)
  AND NOT EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: owner.athleteId}]->() }
OPTIONAL MATCH (owner)-[:KEEPS]->(key:AthleteKey)
RETURN
  activity.activityId AS activityId,
  activity.athleteId AS athleteId,
  activity.name AS name,
  activity.sport AS sport,
  activity.visibility AS visibility,
  activity.startedAt.epochMillis AS startedAtMilliseconds,
  activity.timeZone AS timeZone,
  activity.distanceMeters AS distanceMeters,
  activity.movingSeconds AS movingSeconds,
  activity.elapsedSeconds AS elapsedSeconds,
  activity.climbMeters AS climbMeters,
  activity.averageSpeedMetersPerSecond AS averageSpeedMetersPerSecond,
  activity.averageHeartRateBpm AS averageHeartRateBpm,
  activity.averagePowerWatts AS averagePowerWatts,
  activity.outline AS outline,
  owner.displayName AS displayName,
  key.wrapped AS wrappedKey,
  CASE
    WHEN owner.deletedAt IS NOT NULL THEN 'deleted'
    WHEN owner.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  isFollower,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: owner.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: owner.athleteId, blockedId: $viewerId}]->() } AS isBlocked
ORDER BY startedAtMilliseconds DESC, activityId DESC
