// A session and what its refresh or its end is decided on, read after it was locked.
// in:  sessionId STRING
// out: athleteId STRING, generation INTEGER, refreshedBy STRING?, expiresAt DATETIME,
//      ownerStanding STRING (active | suspended | deleted)
MATCH (session:Session {sessionId: $sessionId})-[:OF]->(athlete:Athlete)
RETURN
  athlete.athleteId AS athleteId,
  session.generation AS generation,
  session.refreshedBy AS refreshedBy,
  session.expiresAt AS expiresAt,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding
