// How a session stands: whose it is, until when it lives, and whether its athlete may act.
// in:  sessionId STRING, now DATETIME (roles that have ended are none)
// out: athleteId STRING, expiresAt DATETIME, suspendedAt DATETIME?, roles LIST<STRING>;
//      no row for a session that has ended
MATCH (session:Session {sessionId: $sessionId})-[:OF]->(athlete:Athlete)
RETURN
  athlete.athleteId AS athleteId,
  session.expiresAt AS expiresAt,
  athlete.suspendedAt AS suspendedAt,
  COLLECT {
    MATCH (athlete)-[:HOLDS]->(grant:RoleGrant)
    WHERE grant.endsAt > $now
    RETURN grant.role AS role
    ORDER BY role
  } AS roles
