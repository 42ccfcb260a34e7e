// The first activity that came from the very same file of the same athlete.
// in:  athleteId STRING, uploadId STRING (not this one), sha256 STRING
// out: activityId STRING
MATCH (other:Upload {athleteId: $athleteId, sha256: $sha256})-[:MADE]->(activity:Activity)
WHERE other.uploadId <> $uploadId
RETURN activity.activityId AS activityId
ORDER BY other.createdAt, activity.startedAt, activity.activityId
LIMIT 1
