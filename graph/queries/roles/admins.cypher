// The administrators, some of whom may be suspended: whom a change of roles locks before it reads anything else.
// in:  now DATETIME, limit INTEGER
// out: athleteId STRING
MATCH (grant:RoleGrant {role: 'admin'})
WHERE grant.endsAt > $now
RETURN grant.athleteId AS athleteId
ORDER BY athleteId
LIMIT $limit
