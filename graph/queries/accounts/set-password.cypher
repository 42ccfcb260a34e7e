// Gives an account a new password, ends the athlete's sessions but one, and withdraws the links that were mailed.
// in:  athleteId STRING, passwordHash STRING, keepSessionId STRING? (all end when null)
// out: endedSessions INTEGER
MATCH (account:Account {athleteId: $athleteId})
SET account.passwordHash = $passwordHash
WITH account
CALL (account) {
  MATCH (account)<-[:FOR]-(link:Link {purpose: 'resetPassword'})
  DETACH DELETE link
}
CALL (account) {
  MATCH (account)-[:OPENS]->(:Athlete)<-[:OF]-(session:Session)
  WHERE $keepSessionId IS NULL OR session.sessionId <> $keepSessionId
  DETACH DELETE session
  RETURN count(*) AS endedSessions
}
RETURN endedSessions
