// What putting one club below another is held against. Read it after the hierarchy was locked.
// in:  clubId STRING (the lower one), parentId STRING
// out: currentParentId STRING?, isAsked BOOLEAN, isCircle BOOLEAN, levels INTEGER (of the hierarchy, once they are
//      linked)
// plan: CartesianProduct of two clubs found by key, whose other one is counted
MATCH (club:Club {clubId: $clubId})
MATCH (parent:Club {clubId: $parentId})
MATCH up = (parent)-[:PART_OF*0..5]->(top:Club)
WHERE NOT EXISTS { (top)-[:PART_OF]->() }
CALL (club) {
  MATCH down = (club)<-[:PART_OF*0..5]-(:Club)
  RETURN max(length(down)) + 1 AS height
}
RETURN
  COLLECT { MATCH (club)-[:PART_OF]->(current:Club) RETURN current.clubId }[0] AS currentParentId,
  EXISTS { (club)-[:ASKS_TO_BE_PART_OF]->(parent) } AS isAsked,
  club IN nodes(up) AS isCircle,
  length(up) + 1 + height AS levels
