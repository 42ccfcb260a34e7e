// What a change of profile is decided and checked on, read after the athlete was locked.
// in:  athleteId STRING
// out: version INTEGER, ownerStanding STRING (active | suspended), wrappedKey BYTES, heartRateMaxBpm FLOAT?,
//      heartRateRestBpm FLOAT?
MATCH (athlete:Athlete {athleteId: $athleteId})-[:KEEPS]->(key:AthleteKey)
RETURN
  athlete.version AS version,
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding,
  key.wrapped AS wrappedKey,
  athlete.heartRateMaxBpm AS heartRateMaxBpm,
  athlete.heartRateRestBpm AS heartRateRestBpm
