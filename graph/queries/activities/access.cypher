// What decides about an activity and about what lies in other stores, with what opens those.
// in:  activityId STRING, viewerId STRING? (null for somebody without an account)
// out: activityId STRING, athleteId STRING, sharing MAP (see graph/model.md), version INTEGER, channels LIST<STRING>,
//      publicRecordingId STRING?, publicChannels LIST<STRING>?, zonesArePending BOOLEAN, timeZoneVisibility STRING,
//      startedAt DATETIME (its place in lists), hiddenStartedAt DATETIME?, timeZone STRING, wrappedKey BYTES?,
//      upload MAP? {uploadId STRING, fileName STRING, sizeBytes INTEGER},
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
  activity {
    .visibility, .mapVisibility, .heartRateVisibility, .powerVisibility, .cadenceVisibility, .temperatureVisibility,
    .hidesStartTime, .hidesFromHomeFeed
  } AS sharing,
  activity.version AS version,
  activity.channels AS channels,
  activity.publicRecordingId AS publicRecordingId,
  activity.publicChannels AS publicChannels,
  coalesce(activity.zonesVersion, 0) < coalesce(owner.zonesDue, 0) AS zonesArePending,
  coalesce(owner.timeZoneVisibility, 'followers') AS timeZoneVisibility,
  activity.startedAt AS startedAt,
  activity.hiddenStartedAt AS hiddenStartedAt,
  activity.timeZone AS timeZone,
  key.wrapped AS wrappedKey,
  upload {.uploadId, .fileName, .sizeBytes} AS upload,
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
