// Which clubs grow? Secret ones are left out.
// for: analysts
// in:  since DATETIME, limit INTEGER
// out: clubId STRING, members INTEGER, joined INTEGER (of them since then), growth FLOAT (joined by those before)
MATCH (club:Club)
WHERE club.visibility IN ['public', 'closed'] AND club.closedAt IS NULL
MATCH (club)<-[membership:MEMBER_OF]-(:Athlete)
WITH
  club,
  count(*) AS members,
  sum(CASE WHEN membership.since >= $since THEN 1 ELSE 0 END) AS joined
RETURN
  club.clubId AS clubId,
  members,
  joined,
  CASE members WHEN joined THEN null ELSE toFloat(joined) / (members - joined) END AS growth
ORDER BY joined DESC, members DESC, clubId
LIMIT $limit
