// Lets the planner count again, and forget the plans that it made while there was nothing in the graph.
// in:  nothing
// out: isReady BOOLEAN
CALL db.prepareForReplanning(60)
RETURN true AS isReady
