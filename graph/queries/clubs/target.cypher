// How an athlete stands to a club: what roles, removals, bans and answers to requests are decided on, besides who
// decides. Read it after both were locked.
// in:  clubId STRING, athleteId STRING
// out: targetRole STRING (none | pending | member | moderator | admin | owner | banned: in this very club; a ban above
//      counts), isTargetFromAbove BOOLEAN (leads a club above), ownsBelow BOOLEAN (owns a club below); no row when
//      there is no such athlete
MATCH (club:Club {clubId: $clubId})
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
OPTIONAL MATCH (athlete)-[membership:MEMBER_OF]->(club)
RETURN
  CASE
    WHEN membership.role = 'owner' THEN 'owner'
    WHEN EXISTS { (athlete)-[:BANNED_FROM]->(:Club)<-[:PART_OF*0..5]-(club) } THEN 'banned'
    WHEN membership IS NOT NULL THEN membership.role
    WHEN EXISTS { (athlete)-[:ASKS_TO_JOIN]->(club) } THEN 'pending'
    ELSE 'none'
  END AS targetRole,
  EXISTS {
    MATCH (athlete)-[lead:MEMBER_OF]->(:Club)<-[:PART_OF*1..5]-(club)
    WHERE lead.role IN ['owner', 'admin']
  } AS isTargetFromAbove,
  EXISTS {
    MATCH (athlete)-[:MEMBER_OF {role: 'owner'}]->(:Club)-[:PART_OF*1..5]->(club)
  } AS ownsBelow
