// Makes clubs of the analysts' copy.
// in:  rows LIST<MAP> ({clubId, parentId, placeKey, properties: of Club})
// out: made INTEGER
UNWIND $rows AS row
CREATE (club:Club)
SET club = row.properties
SET club.clubId = row.clubId, club.placeKey = row.placeKey
RETURN count(*) AS made
