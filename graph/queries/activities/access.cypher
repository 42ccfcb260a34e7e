// What decides about an activity and about what lies in other stores, with what opens those.
// in:  activityId STRING, viewerId STRING? (null for somebody without an account)
// out: activityId STRING, athleteId STRING, visibility STRING, version INTEGER, channels LIST<STRING>,
//      startedAt DATETIME, wrappedKey BYTES?, upload MAP? {uploadId STRING, fileName STRING, sizeBytes INTEGER},
//      ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN, isBlocked BOOLEAN
MATCH (activity:Activity {activityId: $activityId})<-[:PERFORMED]-(owner:Athlete)
OPTIONAL MATCH (owner)-[:KEEPS]->(key:AthleteKey)
OPTIONAL MATCH (activity)<-[:MADE]-(upload:Upload)
RETURN
  activity.activityId AS activityId,
  owner.athleteId AS athleteId,
  activity.visibility AS visibility,
  activity.version AS version,
  activity.channels AS channels,
  activity.startedAt AS startedAt,
  key.wrapped AS wrappedKey,
  upload {.uploadId, .fileName, .sizeBytes} AS upload,
  CASE
    WHEN owner.deletedAt IS NOT NULL THEN 'deleted'
    WHEN owner.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { ()-[:FOLLOWS {followeeId: owner.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: owner.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: owner.athleteId, blockedId: $viewerId}]->() } AS isBlocked
