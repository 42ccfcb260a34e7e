// The keys that open what other stores have of some activities; those that are gone are left out.
// in:  activityIds LIST<STRING>
// out: activityId STRING, athleteId STRING, wrappedKey BYTES
UNWIND $activityIds AS activityId
MATCH (activity:Activity {activityId: activityId})<-[:PERFORMED]-(athlete:Athlete)-[:KEEPS]->(key:AthleteKey)
RETURN activity.activityId AS activityId, athlete.athleteId AS athleteId, key.wrapped AS wrappedKey
