// Makes an activity of an athlete once; asked again with the same id, changes nothing.
// in:  activityId STRING, athleteId STRING, uploadId STRING?, properties MAP (see graph/model.md)
// out: activityId STRING; no row when the athlete does not exist
MATCH (athlete:Athlete {athleteId: $athleteId})
MERGE (activity:Activity {activityId: $activityId})
  ON CREATE SET
    activity += $properties,
    activity.athleteId = $athleteId,
    activity.createdAt = datetime(),
    activity.zonesVersion = athlete.zonesVersion,
    activity.version = 1
MERGE (athlete)-[:PERFORMED]->(activity)
WITH activity
OPTIONAL MATCH (upload:Upload {uploadId: $uploadId})
FOREACH (source IN CASE WHEN upload IS NULL THEN [] ELSE [upload] END |
  MERGE (source)-[:MADE]->(activity)
)
RETURN activity.activityId AS activityId
