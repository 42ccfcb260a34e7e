// The sessions of an athlete that have not expired, the newest first; no more than one athlete can have.
// in:  athleteId STRING, now DATETIME
// out: sessionId STRING, createdAt DATETIME, refreshedAt DATETIME, expiresAt DATETIME
MATCH (:Athlete {athleteId: $athleteId})<-[:OF]-(session:Session)
WHERE session.expiresAt > $now
RETURN
  session.sessionId AS sessionId,
  session.createdAt AS createdAt,
  session.refreshedAt AS refreshedAt,
  session.expiresAt AS expiresAt
ORDER BY createdAt DESC, sessionId
