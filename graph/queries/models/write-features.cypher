// Keeps for a part of the athletes their community and their place, until the version comes into use; whoever was
// deleted meanwhile is passed over. It may be run again.
// in:  graphName STRING, modelVersion INTEGER, part INTEGER, parts INTEGER (athletes are dealt out by their node)
// out: written INTEGER
// plan: without a bound, since the parts are chosen so that each is small
CALL gds.graph.nodeProperties.stream($graphName, ['community', 'place'])
YIELD nodeId, nodeProperty, propertyValue
WHERE nodeId % $parts = $part
WITH
  nodeId,
  head(collect(CASE nodeProperty WHEN 'community' THEN propertyValue END)) AS community,
  head(collect(CASE nodeProperty WHEN 'place' THEN propertyValue END)) AS place
MATCH (athlete:Athlete)
WHERE id(athlete) = nodeId AND athlete.deletedAt IS NULL
SET
  athlete.nextModelVersion = $modelVersion,
  athlete.nextCommunity = toInteger(community),
  athlete.nextPlace = place
RETURN count(*) AS written
