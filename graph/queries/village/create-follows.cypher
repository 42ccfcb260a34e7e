// Lets athletes of the generated village follow one another.
// in:  follows LIST<MAP> ({followerId, followees: LIST<MAP> ({followeeId, since})})
// out: made INTEGER
UNWIND $follows AS follow
MATCH (follower:Athlete {athleteId: follow.followerId})
UNWIND follow.followees AS each
MATCH (followee:Athlete {athleteId: each.followeeId})
CREATE (follower)-[:FOLLOWS {
  followerId: follow.followerId,
  followeeId: each.followeeId,
  since: each.since
}]->(followee)
RETURN count(*) AS made
