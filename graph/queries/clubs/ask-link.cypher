// Lets a club ask to stand below another, and takes back what it asked of any other. The hierarchy is locked.
// in:  clubId STRING, parentId STRING, since DATETIME
// out: clubId STRING
MATCH (club:Club {clubId: $clubId})
MATCH (parent:Club {clubId: $parentId})
CALL (club, parent) {
  MATCH (club)-[other:ASKS_TO_BE_PART_OF]->(asked:Club)
  WHERE asked <> parent
  DELETE other
}
MERGE (club)-[request:ASKS_TO_BE_PART_OF]->(parent)
ON CREATE SET request.since = $since
RETURN club.clubId AS clubId
