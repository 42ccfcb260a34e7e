// One activity and what decides who may see it.
// in:  activityId STRING, viewerId STRING? (null for somebody without an account)
// out: activity MAP (see graph/model.md), displayName STRING, uploadId STRING?, wrappedKey BYTES?,
//      ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN, isBlocked BOOLEAN
MATCH (activity:Activity {activityId: $activityId})<-[:PERFORMED]-(owner:Athlete)
OPTIONAL MATCH (viewer:Athlete {athleteId: $viewerId})
OPTIONAL MATCH (owner)-[:KEEPS]->(key:AthleteKey)
OPTIONAL MATCH (activity)<-[:MADE]-(upload:Upload)
RETURN
  activity {
    .activityId, .athleteId, .name, .description, .sport, .visibility, .startedAt, .timeZone, .device, .source,
    .distanceMeters, .movingSeconds, .elapsedSeconds, .climbMeters, .descentMeters,
    .minAltitudeMeters, .maxAltitudeMeters, .averageSpeedMetersPerSecond, .maxSpeedMetersPerSecond,
    .averageHeartRateBpm, .maxHeartRateBpm, .averageCadenceRpm, .maxCadenceRpm,
    .averagePowerWatts, .maxPowerWatts, .averageTemperatureCelsius, .energyKilocalories,
    .channels, .polyline, .createdAt, .version
  } AS activity,
  owner.displayName AS displayName,
  upload.uploadId AS uploadId,
  key.wrapped AS wrappedKey,
  CASE
    WHEN owner.deletedAt IS NOT NULL THEN 'deleted'
    WHEN owner.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { ()-[:FOLLOWS {followeeId: owner.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { (owner)-[:BLOCKS]-(viewer) } AS isBlocked
