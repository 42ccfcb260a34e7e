// The roles that an athlete holds.
// in:  athleteId STRING, now DATETIME
// out: roles LIST<MAP> (role STRING, grantedAt DATETIME, endsAt DATETIME, grantedBy STRING?), by name;
//      no row without such an athlete
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
RETURN COLLECT {
  MATCH (athlete)-[:HOLDS]->(grant:RoleGrant)
  WHERE grant.endsAt > $now
  RETURN grant {.role, .grantedAt, .endsAt, .grantedBy} AS held
  ORDER BY held.role
} AS roles
