// Keeps that an athlete is not interested in another one or in a club. The athlete is locked.
// in:  dismisserId STRING, dismissedId STRING, since DATETIME
// out: since DATETIME
// plan: CartesianProduct of two lookups by key, Eager of one row
MATCH (dismisser:Athlete {athleteId: $dismisserId})
CALL () {
  MATCH (other:Athlete {athleteId: $dismissedId})
  RETURN other
  UNION ALL
  MATCH (other:Club {clubId: $dismissedId})
  RETURN other
}
MERGE (dismisser)-[dismissal:DISMISSED]->(other)
ON CREATE SET
  dismissal.dismisserId = $dismisserId,
  dismissal.dismissedId = $dismissedId,
  dismissal.since = $since
RETURN dismissal.since AS since
