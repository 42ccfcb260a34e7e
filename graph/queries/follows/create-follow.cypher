// Lets one athlete follow another, and answers the request if there was one. Both are locked.
// in:  followerId STRING, followeeId STRING, since DATETIME
// out: since DATETIME
MATCH (follower:Athlete {athleteId: $followerId})
MATCH (followee:Athlete {athleteId: $followeeId})
MERGE (follower)-[follow:FOLLOWS]->(followee)
ON CREATE SET
  follow.followerId = $followerId,
  follow.followeeId = $followeeId,
  follow.since = $since
WITH follower, followee, follow
OPTIONAL MATCH (follower)-[request:REQUESTS]->(followee)
DELETE request
RETURN follow.since AS since
