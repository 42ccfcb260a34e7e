// Who holds which role until when: one node an athlete and role.
CREATE CONSTRAINT role_grant IF NOT EXISTS
FOR (grant:RoleGrant) REQUIRE (grant.athleteId, grant.role) IS UNIQUE;

// Administrators are few; whoever ends one's role locks them all.
CREATE INDEX role_grant_by_role IF NOT EXISTS
FOR (grant:RoleGrant) ON (grant.role, grant.endsAt);
