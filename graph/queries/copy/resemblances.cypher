// Whom a page of athletes resembles by the nightly model that is in use, for the analysts' copy.
// in:  afterId STRING (the page begins behind it), limit INTEGER
// out: athleteId STRING, similar LIST<MAP> ({athleteId, score, modelVersion})
MATCH (athlete:Athlete)
WHERE athlete.athleteId > $afterId
WITH athlete
ORDER BY athlete.athleteId
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  COLLECT {
    MATCH (athlete)-[resemblance:RESEMBLES]->(similar:Athlete)
    WHERE resemblance.modelVersion = athlete.modelVersion
    RETURN {
      athleteId: similar.athleteId,
      score: resemblance.score,
      modelVersion: resemblance.modelVersion
    }
    ORDER BY similar.athleteId
  } AS similar
ORDER BY athleteId
