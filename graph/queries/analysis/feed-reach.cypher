// How many home feeds does an activity reach? By sport, over the followers whom its athlete has now; those that are for
// nobody else reach none.
// for: analysts
// in:  since DATETIME, limit INTEGER
// out: sport STRING (plain: name of the sport), activities INTEGER, shared INTEGER (with followers or everyone),
//      medianReach FLOAT (feeds), ninetiethReach FLOAT (one in ten reaches more)
MATCH (athlete:Athlete)-[:PERFORMED]->(activity:Activity)
WHERE activity.startedAt >= $since
WITH athlete, activity.sport AS sport, collect(activity.visibility) AS visibilities
WITH sport, visibilities, COUNT { (athlete)<-[:FOLLOWS]-() } AS followers
UNWIND visibilities AS visibility
WITH sport, visibility, CASE visibility WHEN 'onlyMe' THEN 0 ELSE followers END AS reach
RETURN
  sport,
  count(*) AS activities,
  sum(CASE visibility WHEN 'onlyMe' THEN 0 ELSE 1 END) AS shared,
  percentileCont(reach, 0.5) AS medianReach,
  percentileCont(reach, 0.9) AS ninetiethReach
ORDER BY activities DESC, sport
LIMIT $limit
