// Ends a session: what is gone opens nothing.
// in:  sessionId STRING
// out: sessionId STRING, no row when there was none
MATCH (session:Session {sessionId: $sessionId})
WITH session, session.sessionId AS sessionId
DETACH DELETE session
RETURN sessionId
