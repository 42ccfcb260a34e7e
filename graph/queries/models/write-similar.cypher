// Writes whom a part of the athletes resembles, beside what the version in use says; whoever was deleted meanwhile is
// passed over. Run again, it says it twice, which does no harm; looking first for what is there would take longer than
// the rest.
// in:  graphName STRING, modelVersion INTEGER, part INTEGER, parts INTEGER (athletes are dealt out by their node)
// out: written INTEGER
// plan: without a bound, since the parts are chosen so that each is small; CartesianProduct of two nodes by their ids
CALL gds.graph.relationshipProperty.stream($graphName, 'score', ['RESEMBLES'])
YIELD sourceNodeId, targetNodeId, propertyValue
WHERE sourceNodeId % $parts = $part
MATCH (athlete:Athlete)
WHERE id(athlete) = sourceNodeId AND athlete.deletedAt IS NULL
MATCH (similar:Athlete)
WHERE id(similar) = targetNodeId AND similar.deletedAt IS NULL
CREATE (athlete)-[:RESEMBLES {score: propertyValue, modelVersion: $modelVersion}]->(similar)
RETURN count(*) AS written
