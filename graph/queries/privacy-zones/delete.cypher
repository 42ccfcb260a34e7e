// Deletes a privacy zone.
// in:  athleteId STRING, zoneId STRING
// out: nothing
MATCH (:Athlete {athleteId: $athleteId})-[:KEEPS_HIDDEN]->(zone:PrivacyZone {zoneId: $zoneId})
DETACH DELETE zone
