// Parameters for trying the queries in Neo4j Browser on the demo's village. Paste them one at a time.
:param viewerId => COLLECT { MATCH (a:Athlete) WHERE a.displayName STARTS WITH 'Vera' RETURN a.athleteId ORDER BY a.athleteId LIMIT 1 }[0]
:param athleteId => COLLECT { MATCH (a:Athlete) WHERE a.displayName STARTS WITH 'Tom' RETURN a.athleteId ORDER BY a.athleteId LIMIT 1 }[0]
:param limit => toInteger(20)
:param beforeSince => datetime('9999-12-31T00:00:00Z')
:param beforeId => ''
:param words => '+(ve* OR "ve")'
:param depth => toInteger(1000)
:param afterScore => 1000000.0
:param afterId => ''
:param cursorStartedAt => datetime('9999-12-31T00:00:00Z')
:param cursorActivityId => ''
:param after => null
:param sport => null
:param activityId => COLLECT { MATCH (a:Activity) RETURN a.activityId ORDER BY a.activityId DESC LIMIT 1 }[0]
// Not of the demo's queries alone: an instant, a role and the one who acts.
:param now => datetime()
:param role => 'moderator'
:param callerId => null
:param uploadId => COLLECT { MATCH (u:Upload) RETURN u.uploadId ORDER BY u.uploadId DESC LIMIT 1 }[0]
:param otherId => COLLECT { MATCH (a:Athlete) WHERE a.displayName STARTS WITH 'Ines' RETURN a.athleteId ORDER BY a.athleteId LIMIT 1 }[0]
:param clubId => COLLECT { MATCH (c:Club) RETURN c.clubId ORDER BY c.clubId LIMIT 1 }[0]
:param parentId => COLLECT { MATCH (c:Club) RETURN c.clubId ORDER BY c.clubId DESC LIMIT 1 }[0]
:param clubIds => COLLECT { MATCH (c:Club) RETURN c.clubId ORDER BY c.clubId }
:param isLeader => false
:param athleteIds => COLLECT { MATCH (a:Athlete) RETURN a.athleteId ORDER BY a.athleteId LIMIT 20 }
