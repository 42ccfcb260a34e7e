// Makes clubs of the generated village with their members.
// in:  clubs LIST<MAP> ({club: properties of Club, members: LIST<MAP> ({athleteId, role, since})})
// out: made INTEGER
UNWIND $clubs AS row
CREATE (club:Club)
SET club = row.club
WITH club, row
UNWIND row.members AS member
MATCH (athlete:Athlete {athleteId: member.athleteId})
CREATE (athlete)-[:MEMBER_OF {
  athleteId: member.athleteId,
  clubId: row.club.clubId,
  role: member.role,
  since: member.since
}]->(club)
RETURN count(*) AS made
