// Whom a page of athletes follows, for the analysts' copy, with the days.
// in:  afterId STRING (the page begins behind it), limit INTEGER
// out: followerId STRING, followees LIST<MAP> ({followeeId, since})
MATCH (athlete:Athlete)
WHERE athlete.athleteId > $afterId
WITH athlete
ORDER BY athlete.athleteId
LIMIT $limit
RETURN
  athlete.athleteId AS followerId,
  COLLECT {
    MATCH (athlete)-[follow:FOLLOWS]->(:Athlete)
    RETURN {
      followeeId: follow.followeeId,
      since: CASE WHEN follow.since IS NOT NULL THEN datetime.truncate('day', follow.since) END
    }
    ORDER BY follow.followeeId
  } AS followees
ORDER BY followerId
