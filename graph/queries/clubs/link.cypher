// Puts a club below another, and answers what it had asked. The hierarchy is locked.
// in:  clubId STRING, parentId STRING
// out: clubId STRING
MATCH (club:Club {clubId: $clubId})
MATCH (parent:Club {clubId: $parentId})
CALL (club) {
  MATCH (club)-[request:ASKS_TO_BE_PART_OF]->(:Club)
  DELETE request
}
MERGE (club)-[:PART_OF]->(parent)
RETURN club.clubId AS clubId
