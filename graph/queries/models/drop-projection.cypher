// Drops the follows that Graph Data Science holds in memory: those of a run that was killed too, if there are any.
// in:  graphName STRING
// out: graphName STRING, no row when there is nothing
CALL gds.graph.drop($graphName, false)
YIELD graphName
RETURN graphName
