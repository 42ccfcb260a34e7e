// Suggests an athlete or a club to an athlete, who is locked.
// in:  athleteId STRING, itemId STRING, kind STRING (athleteToFollow | clubToJoin | trainingPartner), now DATETIME
// out: itemId STRING, no row when it is gone
// plan: CartesianProduct of two lookups by key, Eager of one row
MATCH (athlete:Athlete {athleteId: $athleteId})
CALL () {
  MATCH (item:Athlete {athleteId: $itemId})
  WHERE item.deletedAt IS NULL
  RETURN item
  UNION ALL
  MATCH (item:Club {clubId: $itemId})
  WHERE item.closedAt IS NULL
  RETURN item
}
CREATE (athlete)-[:SUGGESTED {athleteId: $athleteId, itemId: $itemId, kind: $kind, since: $now}]->(item)
RETURN $itemId AS itemId
