// Locks a session until the transaction ends, in the way that athletes/lock.cypher explains.
// in:  sessionId STRING
// out: sessionId STRING, no row when there is none
MATCH (session:Session {sessionId: $sessionId})
REMOVE session:Locked
RETURN session.sessionId AS sessionId
