// Lets athletes of the generated village block one another.
// in:  blocks LIST<MAP> ({blockerId, blockedId, since})
// out: made INTEGER
UNWIND $blocks AS block
MATCH (blocker:Athlete {athleteId: block.blockerId})
MATCH (blocked:Athlete {athleteId: block.blockedId})
CREATE (blocker)-[:BLOCKS {
  blockerId: block.blockerId,
  blockedId: block.blockedId,
  since: block.since
}]->(blocked)
RETURN count(*) AS made
