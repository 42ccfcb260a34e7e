// Makes a privacy zone, or replaces what one holds.
// in:  athleteId STRING, zoneId STRING, content BYTES, now DATETIME
// out: version INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})
MERGE (zone:PrivacyZone {zoneId: $zoneId})
  ON CREATE SET zone.createdAt = $now, zone.version = 0
SET zone.content = $content, zone.version = zone.version + 1
MERGE (athlete)-[:KEEPS_HIDDEN]->(zone)
RETURN zone.version AS version
