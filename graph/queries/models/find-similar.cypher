// Finds for each athlete of the projection the ten at the nearest places (kNN, by the cosine).
// in:  graphName STRING
// out: resemblances INTEGER
CALL gds.knn.mutate($graphName, {
  nodeProperties: ['place'],
  topK: 10,
  mutateRelationshipType: 'RESEMBLES',
  mutateProperty: 'score',
  randomSeed: 1,
  concurrency: 1
})
YIELD relationshipsWritten
RETURN relationshipsWritten AS resemblances
