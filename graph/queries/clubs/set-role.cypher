// Gives a member of a club a role. Both are locked.
// in:  athleteId STRING, clubId STRING, role STRING (admin | moderator | member)
// out: role STRING; no row when the athlete is no member
MATCH (:Athlete {athleteId: $athleteId})-[membership:MEMBER_OF]->(:Club {clubId: $clubId})
SET membership.role = $role
RETURN membership.role AS role
