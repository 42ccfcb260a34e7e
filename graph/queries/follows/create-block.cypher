// Lets one athlete block another. Both are locked; what tied them is deleted in the same transaction.
// in:  blockerId STRING, blockedId STRING, since DATETIME
// out: since DATETIME
MATCH (blocker:Athlete {athleteId: $blockerId})
MATCH (blocked:Athlete {athleteId: $blockedId})
MERGE (blocker)-[block:BLOCKS]->(blocked)
ON CREATE SET
  block.blockerId = $blockerId,
  block.blockedId = $blockedId,
  block.since = $since
RETURN block.since AS since
