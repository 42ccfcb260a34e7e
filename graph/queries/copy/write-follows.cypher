// Lets athletes of the analysts' copy follow one another; whoever is not in it is passed over.
// in:  rows LIST<MAP> ({followerId, followees: LIST<MAP> ({followeeId, since})})
// out: made INTEGER
UNWIND $rows AS row
MATCH (follower:Athlete {athleteId: row.followerId})
UNWIND row.followees AS each
MATCH (followee:Athlete {athleteId: each.followeeId})
CREATE (follower)-[:FOLLOWS {
  followerId: row.followerId,
  followeeId: each.followeeId,
  since: each.since
}]->(followee)
RETURN count(*) AS made
