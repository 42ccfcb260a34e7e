// Takes the follows into the memory of Graph Data Science, as ties without a direction: whoever follows back counts
// twice. Whoever is suspended, deleted or not to be recommended is left out, and so is whoever has no tie at all.
// in:  graphName STRING
// out: athletes INTEGER
// plan: without a bound, since a model is of everybody
MATCH (follower:Athlete)-[:FOLLOWS]->(followee:Athlete)
WHERE follower.deletedAt IS NULL
  AND follower.suspendedAt IS NULL
  AND coalesce(follower.isRecommendable, true)
  AND followee.deletedAt IS NULL
  AND followee.suspendedAt IS NULL
  AND coalesce(followee.isRecommendable, true)
WITH
  gds.graph.project(
    $graphName,
    follower,
    followee,
    {relationshipType: 'FOLLOWS'},
    {undirectedRelationshipTypes: ['FOLLOWS']}
  ) AS projection
RETURN coalesce(projection.nodeCount, 0) AS athletes
