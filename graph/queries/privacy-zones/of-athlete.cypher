// An athlete's privacy zones; read after the athlete was locked, wherever a write follows.
// in:  athleteId STRING
// out: ownerStanding STRING (active | suspended), zonesVersion INTEGER (grows with each write to a zone),
//      wrappedKey BYTES?, zones LIST<MAP> ({zoneId STRING, content BYTES, createdAt DATETIME, version INTEGER});
//      no row when there is no such athlete
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
OPTIONAL MATCH (athlete)-[:KEEPS]->(key:AthleteKey)
RETURN
  CASE WHEN athlete.suspendedAt IS NULL THEN 'active' ELSE 'suspended' END AS ownerStanding,
  coalesce(athlete.zonesVersion, 0) AS zonesVersion,
  key.wrapped AS wrappedKey,
  COLLECT {
    MATCH (athlete)-[:KEEPS_HIDDEN]->(zone:PrivacyZone)
    RETURN zone {.zoneId, .content, .createdAt, .version}
    ORDER BY zone.createdAt, zone.zoneId
  } AS zones
