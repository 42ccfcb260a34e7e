// Divides the athletes of the projection into communities that follow one another rather than others (Leiden). One
// thread and a fixed seed, so that the same follows make the same model.
// in:  graphName STRING
// out: communities INTEGER
CALL gds.leiden.mutate($graphName, {
  relationshipTypes: ['FOLLOWS'],
  mutateProperty: 'community',
  randomSeed: 1,
  concurrency: 1
})
YIELD communityCount
RETURN communityCount AS communities
