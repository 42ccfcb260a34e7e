// Clubs whose name or place has all the words, best match first. Secret ones, and those below them, are found by their
// members alone; the policy decides each one again.
// in:  words STRING (Lucene query), sport STRING? (any when null), viewerId STRING, depth INTEGER (matches looked at),
//      limit INTEGER, afterScore FLOAT and afterId STRING (the page begins below this pair)
// out: clubId STRING, score FLOAT
CALL db.index.fulltext.queryNodes('club_names', $words, {limit: $depth})
YIELD node AS club, score
WHERE (score < $afterScore OR (score = $afterScore AND club.clubId > $afterId))
  AND club.closedAt IS NULL
  AND ($sport IS NULL OR club.sport = $sport)
  AND (
    NOT EXISTS { (club)-[:PART_OF*0..5]->(:Club {visibility: 'secret'}) }
    OR EXISTS { ()-[:MEMBER_OF {athleteId: $viewerId, clubId: club.clubId}]->() }
  )
RETURN club.clubId AS clubId, score
ORDER BY score DESC, clubId
LIMIT $limit
