// A page of the clubs of the analysts' copy, without their words. A club below a secret one is as secret.
// in:  afterId STRING (the page begins behind it), limit INTEGER
// out: clubId STRING, parentId STRING?, placeKey STRING?, properties MAP (of Club)
MATCH (club:Club)
WHERE club.clubId > $afterId
  AND club.closedAt IS NULL
  AND NOT EXISTS { MATCH (club)-[:PART_OF*0..5]->(above:Club) WHERE above.visibility = 'secret' }
WITH club
ORDER BY club.clubId
LIMIT $limit
RETURN
  club.clubId AS clubId,
  COLLECT { MATCH (club)-[:PART_OF]->(parent:Club) RETURN parent.clubId }[0] AS parentId,
  club.placeKey AS placeKey,
  {
    sport: club.sport,
    visibility: club.visibility,
    createdAt: CASE WHEN club.createdAt IS NOT NULL THEN datetime.truncate('day', club.createdAt) END
  } AS properties
ORDER BY clubId
