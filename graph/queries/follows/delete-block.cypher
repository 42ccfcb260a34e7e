// Ends a block. Both athletes are locked.
// in:  blockerId STRING, blockedId STRING
// out: blockedId STRING, no row when there was none
MATCH (:Athlete {athleteId: $blockerId})-[block:BLOCKS]->(blocked:Athlete {athleteId: $blockedId})
DELETE block
RETURN blocked.athleteId AS blockedId
