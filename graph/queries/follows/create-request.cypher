// Lets one athlete ask to follow another. Both are locked.
// in:  followerId STRING, followeeId STRING, since DATETIME
// out: since DATETIME
MATCH (follower:Athlete {athleteId: $followerId})
MATCH (followee:Athlete {athleteId: $followeeId})
MERGE (follower)-[request:REQUESTS]->(followee)
ON CREATE SET
  request.followerId = $followerId,
  request.followeeId = $followeeId,
  request.since = $since
RETURN request.since AS since
