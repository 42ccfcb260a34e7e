// Deletes an account with its links, sessions and roles and the athlete's privacy zones, and leaves of the athlete
// nothing but a tombstone by which the jobs find what else is to go.
// in:  athleteId STRING, now DATETIME
// out: athleteId STRING
MATCH (athlete:Athlete {athleteId: $athleteId})
CALL (athlete) {
  MATCH (athlete)<-[:OPENS]-(account:Account)
  OPTIONAL MATCH (account)<-[:FOR]-(link:Link)
  DETACH DELETE link, account
}
CALL (athlete) {
  MATCH (athlete)<-[:OF]-(session:Session)
  DETACH DELETE session
}
CALL (athlete) {
  MATCH (athlete)-[:HOLDS]->(grant:RoleGrant)
  DETACH DELETE grant
}
CALL (athlete) {
  MATCH (athlete)-[:KEEPS_HIDDEN]->(zone:PrivacyZone)
  DETACH DELETE zone
}
SET athlete = {athleteId: $athleteId, deletedAt: $now}
RETURN athlete.athleteId AS athleteId
