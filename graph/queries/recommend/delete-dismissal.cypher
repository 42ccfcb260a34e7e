// Lets what an athlete was not interested in be recommended to them again. The athlete is locked.
// in:  dismisserId STRING, dismissedId STRING
// out: dismissedId STRING, no row when there was nothing
// plan: Eager of one row
MATCH (:Athlete {athleteId: $dismisserId})-[dismissal:DISMISSED]->()
WHERE dismissal.dismissedId = $dismissedId
DELETE dismissal
RETURN $dismissedId AS dismissedId
