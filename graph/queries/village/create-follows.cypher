// Lets athletes of the generated village follow one another.
// in:  follows LIST<MAP> ({followerId, followeeId, since})
// out: made INTEGER
UNWIND $follows AS follow
MATCH (follower:Athlete {athleteId: follow.followerId})
MATCH (followee:Athlete {athleteId: follow.followeeId})
CREATE (follower)-[:FOLLOWS {
  followerId: follow.followerId,
  followeeId: follow.followeeId,
  since: follow.since
}]->(followee)
RETURN count(*) AS made
