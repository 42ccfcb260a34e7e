// Lets a club stand by itself, as closed as it was below its parent, or takes back that it asked to stand below it.
// The hierarchy is locked.
// in:  clubId STRING, parentId STRING? (any when null)
// out: parentId STRING, type STRING (PART_OF | ASKS_TO_BE_PART_OF)
MATCH (club:Club {clubId: $clubId})-[link:PART_OF|ASKS_TO_BE_PART_OF]->(parent:Club)
WHERE $parentId IS NULL OR parent.clubId = $parentId
MATCH path = (parent)-[:PART_OF*0..5]->(top:Club)
WHERE NOT EXISTS { (top)-[:PART_OF]->() }
WITH club, link, parent, type(link) AS type, [each IN nodes(path) | each.visibility] + club.visibility AS doors
SET club.visibility = CASE
  WHEN type <> 'PART_OF' THEN club.visibility
  WHEN 'secret' IN doors THEN 'secret'
  WHEN 'closed' IN doors THEN 'closed'
  ELSE 'public'
END
DELETE link
RETURN parent.clubId AS parentId, type
