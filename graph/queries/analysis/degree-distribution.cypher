// How are followers spread over athletes? Each row counts those who have at least so many, up to twice as many less
// one.
// for: analysts
// in:  limit INTEGER (rows)
// out: followersFrom INTEGER (0, 1, 2, 4, 8 …), athletes INTEGER, share FLOAT (of all athletes, 0 to 1)
MATCH (athlete:Athlete)
WHERE athlete.deletedAt IS NULL
WITH COUNT { (athlete)<-[:FOLLOWS]-() } AS followers
WITH
  CASE followers
    WHEN 0 THEN 0
    // The sum of a logarithm would now and then fall just short of a power of two.
    ELSE toInteger(2 ^ floor(log10(followers) / log10(2.0) + 1e-9))
  END AS followersFrom,
  count(*) AS athletes
WITH collect({followersFrom: followersFrom, athletes: athletes}) AS steps, sum(athletes) AS total
UNWIND steps AS step
RETURN
  step.followersFrom AS followersFrom,
  step.athletes AS athletes,
  toFloat(step.athletes) / total AS share
ORDER BY followersFrom
LIMIT $limit
