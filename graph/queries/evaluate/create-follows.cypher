// Lets athletes of a throw-away graph follow one another.
// in:  ties LIST<MAP> ({followerId, followeeId, since})
// out: made INTEGER
UNWIND $ties AS tie
MATCH (follower:Athlete {athleteId: tie.followerId})
MATCH (followee:Athlete {athleteId: tie.followeeId})
CREATE (follower)-[:FOLLOWS {
  followerId: tie.followerId,
  followeeId: tie.followeeId,
  since: tie.since
}]->(followee)
RETURN count(*) AS made
