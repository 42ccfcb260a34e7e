// Begins the next generation of a session. It is locked.
// in:  sessionId STRING, refreshedBy STRING (the request), now DATETIME, expiresAt DATETIME
// out: generation INTEGER
MATCH (session:Session {sessionId: $sessionId})
SET
  session.generation = session.generation + 1,
  session.refreshedBy = $refreshedBy,
  session.refreshedAt = $now,
  session.expiresAt = $expiresAt
RETURN session.generation AS generation
