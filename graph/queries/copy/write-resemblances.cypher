// Lets athletes of the analysts' copy resemble one another; whoever is not in it is passed over.
// in:  rows LIST<MAP> ({athleteId, similar: LIST<MAP> ({athleteId, score, modelVersion})})
// out: made INTEGER
UNWIND $rows AS row
MATCH (athlete:Athlete {athleteId: row.athleteId})
UNWIND row.similar AS each
MATCH (similar:Athlete {athleteId: each.athleteId})
CREATE (athlete)-[:RESEMBLES {score: each.score, modelVersion: toInteger(each.modelVersion)}]->(similar)
RETURN count(*) AS made
