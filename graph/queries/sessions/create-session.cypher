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
MERGE (session:Session {sessionId: $sessionId})
  ON CREATE SET
    session.generation = 0,
    session.createdAt = $now,
    session.refreshedAt = $now,
    session.expiresAt = $expiresAt
MERGE (athlete)<-[:OF]-(session)
RETURN session.sessionId AS sessionId
