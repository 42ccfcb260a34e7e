// What a page of a feed shows of the given activities, and what decides who may see them, newest first. In the home
// feed are those of the viewer and of athletes whom the viewer follows right now; in none are those whom they mute.
// in:  viewerId STRING, activityIds LIST<STRING>, isHome BOOLEAN
// out: fields of the activity and of its sharing (see graph/model.md; no map, whose keys would come again with each row
//      and were a seventh of what reading a page takes), startedAtMilliseconds INTEGER (since 1970: twenty of them are
//      read half a millisecond faster than twenty DATETIME), hiddenStartedAtMilliseconds INTEGER?,
//      zonesArePending BOOLEAN, timeZoneVisibility STRING, whole BYTES? and wholeOutline BYTES? (only for the owner),
//      displayName STRING, wrappedKey BYTES?, ownerStanding STRING (active | suspended | deleted),
//      ownerHidesFromSignedOut BOOLEAN, isFollower BOOLEAN, isClubMate BOOLEAN, isBlocked BOOLEAN
WITH COLLECT {
  MATCH (:Athlete {athleteId: $viewerId})-[membership:MEMBER_OF]->()
  RETURN membership.clubId
} AS clubIds
UNWIND $activityIds AS activityId
MATCH (activity:Activity {activityId: activityId})<-[:PERFORMED]-(owner:Athlete)
// What is so of an athlete is looked up once, however many of the activities are theirs.
WITH clubIds, owner, collect(activity) AS activities
WITH
  clubIds, owner, activities,
  EXISTS { ()-[:FOLLOWS {followeeId: owner.athleteId, followerId: $viewerId}]->() } AS isFollower
WHERE (NOT $isHome OR isFollower OR owner.athleteId = $viewerId)
  AND NOT EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: owner.athleteId}]->() }
OPTIONAL MATCH (owner)-[:KEEPS]->(key:AthleteKey)
WITH
  owner, activities, isFollower,
  key.wrapped AS wrappedKey,
  CASE
    WHEN owner.deletedAt IS NOT NULL THEN 'deleted'
    WHEN owner.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { (owner)-[membership:MEMBER_OF]->() WHERE membership.clubId IN clubIds } AS isClubMate,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: owner.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: owner.athleteId, blockedId: $viewerId}]->() } AS isBlocked
UNWIND activities AS activity
RETURN
  activity.activityId AS activityId,
  activity.athleteId AS athleteId,
  activity.name AS name,
  activity.sport AS sport,
  activity.visibility AS visibility,
  activity.mapVisibility AS mapVisibility,
  activity.heartRateVisibility AS heartRateVisibility,
  activity.powerVisibility AS powerVisibility,
  activity.cadenceVisibility AS cadenceVisibility,
  activity.temperatureVisibility AS temperatureVisibility,
  activity.hidesStartTime AS hidesStartTime,
  activity.hidesFromHomeFeed AS hidesFromHomeFeed,
  activity.startedAt.epochMillis AS startedAtMilliseconds,
  activity.hiddenStartedAt.epochMillis AS hiddenStartedAtMilliseconds,
  activity.timeZone AS timeZone,
  activity.distanceMeters AS distanceMeters,
  activity.movingSeconds AS movingSeconds,
  activity.elapsedSeconds AS elapsedSeconds,
  activity.climbMeters AS climbMeters,
  activity.averageSpeedMetersPerSecond AS averageSpeedMetersPerSecond,
  activity.averageHeartRateBpm AS averageHeartRateBpm,
  activity.averagePowerWatts AS averagePowerWatts,
  activity.outline AS outline,
  coalesce(activity.zonesVersion, 0) < coalesce(owner.zonesDue, 0) AS zonesArePending,
  coalesce(owner.timeZoneVisibility, 'followers') AS timeZoneVisibility,
  // Others get nothing of it in any case.
  CASE owner.athleteId WHEN $viewerId THEN activity.whole END AS whole,
  CASE owner.athleteId WHEN $viewerId THEN activity.wholeOutline END AS wholeOutline,
  owner.displayName AS displayName,
  wrappedKey,
  ownerStanding,
  coalesce(owner.hidesFromSignedOut, false) AS ownerHidesFromSignedOut,
  isFollower,
  isClubMate,
  isBlocked
ORDER BY startedAtMilliseconds DESC, activityId DESC
