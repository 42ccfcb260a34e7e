// Puts clubs of the generated village below others.
// in:  links LIST<MAP> ({clubId, parentId})
// out: made INTEGER
UNWIND $links AS link
MATCH (club:Club {clubId: link.clubId})
MATCH (parent:Club {clubId: link.parentId})
CREATE (club)-[:PART_OF]->(parent)
RETURN count(*) AS made
