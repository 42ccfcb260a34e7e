// What granting or ending a role, or a suspension, is decided on, read after all concerned were locked: whom it is
// done to, and how the one who does it stands by now.
// in:  athleteId STRING, callerId STRING? (null for a part of Paceline), role STRING? (null for a suspension),
//      now DATETIME
// out: athleteId STRING, ownerStanding STRING (active | suspended | deleted), isTargetAdmin BOOLEAN,
//      isLastAdmin BOOLEAN (without this role of the athlete nobody administrates any more),
//      callerStanding STRING (active | suspended | ended), callerRoles LIST<STRING>; no row without such an athlete
MATCH (athlete:Athlete {athleteId: $athleteId})
OPTIONAL MATCH (caller:Athlete {athleteId: $callerId})
WITH
  athlete,
  caller,
  EXISTS {
    (athlete)-[:HOLDS]->(grant:RoleGrant {role: 'admin'})
    WHERE grant.endsAt > $now
  } AS isTargetAdmin
RETURN
  athlete.athleteId AS athleteId,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  isTargetAdmin,
  isTargetAdmin AND coalesce($role, '') = 'admin' AND NOT EXISTS {
    MATCH (grant:RoleGrant {role: 'admin'})<-[:HOLDS]-(other:Athlete)
    WHERE grant.endsAt > $now AND other <> athlete AND other.suspendedAt IS NULL
  } AS isLastAdmin,
  CASE
    WHEN caller IS NULL OR caller.deletedAt IS NOT NULL THEN 'ended'
    WHEN caller.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS callerStanding,
  COLLECT {
    MATCH (caller)-[:HOLDS]->(grant:RoleGrant)
    WHERE grant.endsAt > $now
    RETURN grant.role AS role
    ORDER BY role
  } AS callerRoles
