// One athlete with the key that opens the encrypted parts of the profile, and how the viewer stands to them.
// in:  athleteId STRING, viewerId STRING? (null for somebody without an account)
// out: athleteId STRING, displayName STRING, profile MAP (see graph/model.md), wrappedKey BYTES, createdAt DATETIME,
//      version INTEGER, followerCount INTEGER, followingCount INTEGER, muted BOOLEAN (the viewer mutes them),
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isClubMate BOOLEAN, isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
WITH COLLECT {
  MATCH (:Athlete {athleteId: $viewerId})-[membership:MEMBER_OF]->()
  RETURN membership.clubId
} AS clubIds
MATCH (athlete:Athlete {athleteId: $athleteId})-[:KEEPS]->(key:AthleteKey)
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  athlete {
    .sex, .birthDate, .bodyMass, .heartRateMaxBpm, .heartRateRestBpm, .functionalThresholdPowerWatts,
    .thresholdPaceSecondsPerKilometer, .timeZone, .defaultVisibility, .homeRegion,
    sports: coalesce(athlete.sports, []),
    isRecommendable: coalesce(athlete.isRecommendable, true),
    isOpenToTraining: coalesce(athlete.isOpenToTraining, false),
    hidesFromSignedOut: coalesce(athlete.hidesFromSignedOut, false),
    defaultMapVisibility: coalesce(athlete.defaultMapVisibility, 'everyone'),
    defaultHeartRateVisibility: coalesce(athlete.defaultHeartRateVisibility, 'everyone'),
    defaultPowerVisibility: coalesce(athlete.defaultPowerVisibility, 'everyone'),
    defaultCadenceVisibility: coalesce(athlete.defaultCadenceVisibility, 'everyone'),
    defaultTemperatureVisibility: coalesce(athlete.defaultTemperatureVisibility, 'everyone'),
    defaultHidesStartTime: coalesce(athlete.defaultHidesStartTime, false),
    defaultHidesFromHomeFeed: coalesce(athlete.defaultHidesFromHomeFeed, false),
    ageVisibility: coalesce(athlete.ageVisibility, 'onlyMe'),
    bodyMassVisibility: coalesce(athlete.bodyMassVisibility, 'onlyMe'),
    heartRateLimitsVisibility: coalesce(athlete.heartRateLimitsVisibility, 'onlyMe'),
    sexVisibility: coalesce(athlete.sexVisibility, 'onlyMe'),
    thresholdsVisibility: coalesce(athlete.thresholdsVisibility, 'onlyMe'),
    timeZoneVisibility: coalesce(athlete.timeZoneVisibility, 'followers')
  } AS profile,
  key.wrapped AS wrappedKey,
  athlete.createdAt AS createdAt,
  athlete.version AS version,
  COUNT { (athlete)<-[:FOLLOWS]-() } AS followerCount,
  COUNT { (athlete)-[:FOLLOWS]->() } AS followingCount,
  EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: athlete.athleteId}]->() } AS muted,
  athlete.approvesFollowers AS approvesFollowers,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { (athlete)-[membership:MEMBER_OF]->() WHERE membership.clubId IN clubIds } AS isClubMate,
  EXISTS { ()-[:FOLLOWS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS isFollowed,
  EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS hasRequested,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() } AS isBlocked
