// Which communities are there, by the model that was written last? How large are they, and how much do their athletes
// follow one another rather than others? Empty until a model was written.
// for: analysts
// in:  limit INTEGER
// out: community INTEGER, athletes INTEGER, closed INTEGER (of them with a closed profile)
MATCH (athlete:Athlete)
WHERE athlete.community IS NOT NULL
RETURN
  athlete.community AS community,
  count(*) AS athletes,
  sum(CASE WHEN athlete.approvesFollowers THEN 1 ELSE 0 END) AS closed
ORDER BY athletes DESC, community
LIMIT $limit
