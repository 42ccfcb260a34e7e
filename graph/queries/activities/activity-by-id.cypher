// One activity and what decides who may see it.
// in:  activityId STRING, viewerId STRING? (null for somebody without an account)
// out: fields of the activity (see graph/model.md), displayName STRING, uploadId STRING?, wrappedKey BYTES?,
//      whole BYTES?, wholePolyline BYTES?, publicRecordingId STRING?, publicChannels LIST<STRING>?,
//      zonesArePending BOOLEAN, timeZoneVisibility STRING, sharing MAP (see graph/model.md),
//      ownerStanding STRING (active | suspended | deleted), ownerHidesFromSignedOut BOOLEAN, isFollower BOOLEAN,
//      isClubMate BOOLEAN, isBlocked BOOLEAN
WITH COLLECT {
  MATCH (:Athlete {athleteId: $viewerId})-[membership:MEMBER_OF]->()
  RETURN membership.clubId
} AS clubIds
MATCH (activity:Activity {activityId: $activityId})<-[:PERFORMED]-(owner:Athlete)
OPTIONAL MATCH (owner)-[:KEEPS]->(key:AthleteKey)
OPTIONAL MATCH (activity)<-[:MADE]-(upload:Upload)
RETURN
  activity.activityId AS activityId,
  owner.athleteId AS athleteId,
  owner.displayName AS displayName,
  activity.name AS name,
  activity.description AS description,
  activity.sport AS sport,
  activity {
    .visibility, .mapVisibility, .heartRateVisibility, .powerVisibility, .cadenceVisibility, .temperatureVisibility,
    .hidesStartTime, .hidesFromHomeFeed
  } AS sharing,
  activity.startedAt AS startedAt,
  activity.hiddenStartedAt AS hiddenStartedAt,
  activity.timeZone AS timeZone,
  activity.device AS device,
  activity.source AS source,
  upload.uploadId AS uploadId,
  activity.distanceMeters AS distanceMeters,
  activity.movingSeconds AS movingSeconds,
  activity.elapsedSeconds AS elapsedSeconds,
  activity.climbMeters AS climbMeters,
  activity.descentMeters AS descentMeters,
  activity.minAltitudeMeters AS minAltitudeMeters,
  activity.maxAltitudeMeters AS maxAltitudeMeters,
  activity.averageSpeedMetersPerSecond AS averageSpeedMetersPerSecond,
  activity.maxSpeedMetersPerSecond AS maxSpeedMetersPerSecond,
  activity.averageHeartRateBpm AS averageHeartRateBpm,
  activity.maxHeartRateBpm AS maxHeartRateBpm,
  activity.averageCadenceRpm AS averageCadenceRpm,
  activity.maxCadenceRpm AS maxCadenceRpm,
  activity.averagePowerWatts AS averagePowerWatts,
  activity.maxPowerWatts AS maxPowerWatts,
  activity.averageTemperatureCelsius AS averageTemperatureCelsius,
  activity.energyKilocalories AS energyKilocalories,
  activity.channels AS channels,
  activity.whole AS whole,
  activity.wholePolyline AS wholePolyline,
  activity.publicRecordingId AS publicRecordingId,
  activity.publicChannels AS publicChannels,
  coalesce(activity.zonesVersion, 0) < coalesce(owner.zonesDue, 0) AS zonesArePending,
  coalesce(owner.timeZoneVisibility, 'followers') AS timeZoneVisibility,
  activity.polyline AS polyline,
  activity.createdAt AS createdAt,
  activity.version AS version,
  key.wrapped AS wrappedKey,
  CASE
    WHEN owner.deletedAt IS NOT NULL THEN 'deleted'
    WHEN owner.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  coalesce(owner.hidesFromSignedOut, false) AS ownerHidesFromSignedOut,
  EXISTS { ()-[:FOLLOWS {followeeId: owner.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { (owner)-[membership:MEMBER_OF]->() WHERE membership.clubId IN clubIds } AS isClubMate,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: owner.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: owner.athleteId, blockedId: $viewerId}]->() } AS isBlocked
