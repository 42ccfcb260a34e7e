// How many an athlete blocks; the count is held against a limit.
// in:  athleteId STRING
// out: blocks INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN COUNT { (athlete)-[:BLOCKS]->() } AS blocks
