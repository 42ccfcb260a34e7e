// Clubs of a sport, the newest first. Secret ones, and those below them, are found by their members alone; the policy
// decides each one again.
// in:  sport STRING, viewerId STRING, limit INTEGER, beforeId STRING (the page begins below it)
// out: clubId STRING
MATCH (club:Club)
WHERE club.sport = $sport
  AND club.clubId < $beforeId
  AND club.closedAt IS NULL
  AND (
    NOT EXISTS { (club)-[:PART_OF*0..5]->(:Club {visibility: 'secret'}) }
    OR EXISTS { ()-[:MEMBER_OF {athleteId: $viewerId, clubId: club.clubId}]->() }
  )
WITH club
// The index gives them in this order only if it is asked for from its first property on.
ORDER BY club.sport DESC, club.clubId DESC
LIMIT $limit
RETURN club.clubId AS clubId
ORDER BY clubId DESC
