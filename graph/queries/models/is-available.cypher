// Whether the server has what the nightly models need of Graph Data Science.
// in:
// out: isAvailable BOOLEAN
SHOW PROCEDURES
YIELD name
WHERE name IN ['gds.graph.drop', 'gds.leiden.mutate', 'gds.fastRP.mutate', 'gds.knn.mutate']
RETURN count(*) = 4 AS isAvailable
