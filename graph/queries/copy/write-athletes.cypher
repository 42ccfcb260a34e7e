// Makes athletes of the analysts' copy with what they did and where they belong.
// in:  rows LIST<MAP> ({athleteId, homeRegionKey, properties: of Athlete, activities: LIST<MAP>,
//      memberships: LIST<MAP> ({clubId, role, since})})
// out: made INTEGER
UNWIND $rows AS row
CREATE (athlete:Athlete)
SET athlete = row.properties
SET
  athlete.athleteId = row.athleteId,
  athlete.homeRegionKey = row.homeRegionKey,
  // Whole numbers come as floats.
  athlete.community = toInteger(row.properties.community),
  athlete.modelVersion = toInteger(row.properties.modelVersion)
WITH athlete, row
CALL (athlete, row) {
  UNWIND row.activities AS properties
  CREATE (athlete)-[:PERFORMED]->(activity:Activity)
  SET activity = properties
  SET activity.athleteId = row.athleteId
}
CALL (athlete, row) {
  UNWIND row.memberships AS membership
  MATCH (club:Club {clubId: membership.clubId})
  CREATE (athlete)-[:MEMBER_OF {
    athleteId: row.athleteId,
    clubId: membership.clubId,
    role: membership.role,
    since: membership.since
  }]->(club)
}
RETURN count(*) AS made
