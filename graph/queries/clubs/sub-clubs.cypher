// The clubs directly below a club. Secret ones are found by who belongs to them, or to one below, and by who leads
// from above; the policy decides each one again.
// in:  clubId STRING, viewerId STRING, isLeader BOOLEAN (of this club), limit INTEGER, afterId STRING (the page begins
//      behind it)
// out: clubId STRING
MATCH (club:Club)-[:PART_OF]->(:Club {clubId: $clubId})
WHERE club.clubId > $afterId
  AND (
    $isLeader
    OR club.visibility <> 'secret'
    OR EXISTS { (:Athlete {athleteId: $viewerId})-[:MEMBER_OF]->(:Club)-[:PART_OF*0..5]->(club) }
  )
RETURN club.clubId AS clubId
ORDER BY clubId
LIMIT $limit
