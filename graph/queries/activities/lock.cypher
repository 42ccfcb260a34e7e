// Locks the athlete of an activity until the transaction ends: nothing is made, changed or deleted of theirs meanwhile.
// What decides is read by a later query of the same transaction: only that one sees what was committed before.
// in:  activityId STRING
// out: athleteId STRING; no row when there is no such activity
MATCH (activity:Activity {activityId: $activityId})<-[:PERFORMED]-(athlete:Athlete)
REMOVE athlete:Locked
RETURN athlete.athleteId AS athleteId
