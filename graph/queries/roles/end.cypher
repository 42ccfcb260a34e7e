// Ends a role. The athlete is locked.
// in:  athleteId STRING, role STRING
// out: role STRING, no row when the athlete did not hold it
MATCH (:Athlete {athleteId: $athleteId})-[:HOLDS]->(grant:RoleGrant {role: $role})
WITH grant, grant.role AS role
DETACH DELETE grant
RETURN role
