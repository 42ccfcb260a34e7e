// Closes a club: nobody finds it any more, and the clubs below it stand by themselves, as closed as they were. What it
// still holds is cleared away by a job. Locked are the club and the hierarchy.
// in:  clubId STRING, now DATETIME
// out: clubId STRING
MATCH (club:Club {clubId: $clubId})
MATCH path = (club)-[:PART_OF*0..5]->(top:Club)
WHERE NOT EXISTS { (top)-[:PART_OF]->() }
WITH club, [each IN nodes(path) | each.visibility] AS doors
SET club.closedAt = $now
WITH club, doors
CALL (club, doors) {
  MATCH (club)<-[link:PART_OF]-(child:Club)
  SET child.visibility = CASE
    WHEN 'secret' IN doors + child.visibility THEN 'secret'
    WHEN 'closed' IN doors + child.visibility THEN 'closed'
    ELSE 'public'
  END
  DELETE link
}
CALL (club) {
  MATCH (club)-[link:PART_OF|ASKS_TO_BE_PART_OF]-(:Club)
  DELETE link
}
RETURN club.clubId AS clubId
