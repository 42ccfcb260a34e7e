// Which clubs ask to stand below a club, the latest request first. There are never many.
// in:  clubId STRING, limit INTEGER
// out: clubId STRING, name STRING, since DATETIME
MATCH (club:Club)-[request:ASKS_TO_BE_PART_OF]->(:Club {clubId: $clubId})
WHERE club.closedAt IS NULL
RETURN club.clubId AS clubId, club.name AS name, request.since AS since
ORDER BY since DESC, clubId DESC
LIMIT $limit
