// Grants a role until an instant, or changes until when it lasts. The athlete is locked.
// in:  athleteId STRING, role STRING, grantedBy STRING? (null for a part of Paceline), now DATETIME, endsAt DATETIME
// out: role STRING, grantedAt DATETIME, endsAt DATETIME, grantedBy STRING?
MATCH (athlete:Athlete {athleteId: $athleteId})
MERGE (athlete)-[:HOLDS]->(grant:RoleGrant {athleteId: $athleteId, role: $role})
SET
  grant.grantedAt = $now,
  grant.endsAt = $endsAt,
  grant.grantedBy = $grantedBy
RETURN
  grant.role AS role,
  grant.grantedAt AS grantedAt,
  grant.endsAt AS endsAt,
  grant.grantedBy AS grantedBy
