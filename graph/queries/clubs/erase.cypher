// Deletes a closed club once nothing is tied to it any more.
// in:  clubId STRING
// out: clubId STRING, no row while something is
MATCH (club:Club {clubId: $clubId})
WHERE club.closedAt IS NOT NULL AND NOT EXISTS { (club)--() }
WITH club, club.clubId AS clubId
DELETE club
RETURN clubId
