// Gives a page of athletes what the version in use found for them, and takes away what any other version did: of one
// that was replaced, or of one that was never finished.
// in:  modelVersion INTEGER (0 before the first), afterId STRING (the page begins behind it), limit INTEGER
// out: athleteId STRING? (the last of the page), settled INTEGER
// plan: Eager of one page
MATCH (athlete:Athlete)
WHERE athlete.athleteId > $afterId
WITH athlete
ORDER BY athlete.athleteId
LIMIT $limit
WITH collect(athlete) AS page
WITH
  page[-1].athleteId AS athleteId,
  [
    athlete IN page
    WHERE athlete.nextModelVersion IS NOT NULL OR athlete.modelVersion <> $modelVersion
  ] AS unsettled
FOREACH (athlete IN [each IN unsettled WHERE each.nextModelVersion = $modelVersion] |
  SET
    athlete.community = athlete.nextCommunity,
    athlete.place = athlete.nextPlace,
    athlete.modelVersion = athlete.nextModelVersion
)
FOREACH (athlete IN [each IN unsettled WHERE each.modelVersion <> $modelVersion] |
  REMOVE athlete.community, athlete.place, athlete.modelVersion
)
FOREACH (athlete IN unsettled |
  REMOVE athlete.nextModelVersion, athlete.nextCommunity, athlete.nextPlace
)
WITH athleteId, unsettled
CALL (unsettled) {
  UNWIND unsettled AS athlete
  MATCH (athlete)-[resemblance:RESEMBLES]->(:Athlete)
  WHERE resemblance.modelVersion <> $modelVersion
  DELETE resemblance
}
RETURN athleteId, size(unsettled) AS settled
