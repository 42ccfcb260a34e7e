// Closed clubs of which something is left, the longest closed first.
// in:  limit INTEGER
// out: clubId STRING
MATCH (club:Club)
WHERE club.closedAt IS NOT NULL
RETURN club.clubId AS clubId
ORDER BY club.closedAt, clubId
LIMIT $limit
