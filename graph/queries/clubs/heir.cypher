// Who takes a club over that has lost its owner: the admin who has served it longest, else the moderator, else the
// member.
// in:  clubId STRING
// out: athleteId STRING; no row when nobody is left
UNWIND [[1, 'admin'], [2, 'moderator'], [3, 'member']] AS place
CALL (place) {
  MATCH (athlete:Athlete)-[membership:MEMBER_OF]->(:Club)
  WHERE membership.clubId = $clubId
    AND membership.role = place[1]
    AND membership.since IS NOT NULL
    AND membership.athleteId IS NOT NULL // a composite index serves only who asks about all its properties
    AND athlete.deletedAt IS NULL
    AND athlete.suspendedAt IS NULL
  RETURN athlete.athleteId AS athleteId
  ORDER BY membership.clubId, membership.role, membership.since, membership.athleteId
  LIMIT 1
}
RETURN athleteId
ORDER BY place[0], athleteId
LIMIT 1
