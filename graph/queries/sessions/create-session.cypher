// Begins a session, and deletes those of the athlete that have expired or are too many. The athlete is locked.
// in:  athleteId STRING, sessionId STRING, now DATETIME, expiresAt DATETIME, keep INTEGER (other sessions at most)
// out: sessionId STRING
MATCH (athlete:Athlete {athleteId: $athleteId})
CALL (athlete) {
  MATCH (athlete)<-[:OF]-(old:Session)
  WITH old
  ORDER BY old.expiresAt > $now DESC, old.createdAt DESC, old.sessionId
  WITH collect(old) AS sessions
  UNWIND range(0, size(sessions) - 1) AS place
  WITH sessions[place] AS old, place
  WHERE place >= $keep OR old.expiresAt <= $now
  DETACH DELETE old
}
CREATE (athlete)<-[:OF]-(session:Session {
  sessionId: $sessionId,
  generation: 0,
  createdAt: $now,
  refreshedAt: $now,
  expiresAt: $expiresAt
})
RETURN session.sessionId AS sessionId
