// Puts clubs of the analysts' copy below others; those that have none above are passed over.
// in:  rows LIST<MAP> ({clubId, parentId})
// out: made INTEGER
UNWIND $rows AS row
MATCH (club:Club {clubId: row.clubId})
MATCH (parent:Club {clubId: row.parentId})
CREATE (club)-[:PART_OF]->(parent)
RETURN count(*) AS made
