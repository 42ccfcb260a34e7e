// How many recommendations an athlete has dismissed, and whether this one is among them; the count is held against a
// limit.
// in:  dismisserId STRING, dismissedId STRING
// out: dismissals INTEGER, isDismissed BOOLEAN
MATCH (athlete:Athlete {athleteId: $dismisserId})
RETURN
  COUNT { (athlete)-[:DISMISSED]->() } AS dismissals,
  EXISTS { ()-[:DISMISSED {dismisserId: $dismisserId, dismissedId: $dismissedId}]->() } AS isDismissed
