// Gives each athlete of the projection a place among 128 dimensions (FastRP): near to whom they follow, are followed
// by and have such friends in common with. Hubs count less: whom everybody follows says little.
// in:  graphName STRING
// out: athletes INTEGER
CALL gds.fastRP.mutate($graphName, {
  relationshipTypes: ['FOLLOWS'],
  mutateProperty: 'place',
  embeddingDimension: 128,
  iterationWeights: [1.0, 1.0],
  normalizationStrength: -0.5,
  randomSeed: 1,
  concurrency: 1
})
YIELD nodePropertiesWritten
RETURN nodePropertiesWritten AS athletes
