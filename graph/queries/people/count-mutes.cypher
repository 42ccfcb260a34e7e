// How many an athlete mutes, and whether this one is among them; the count is held against a limit.
// in:  athleteId STRING, mutedId STRING
// out: mutes INTEGER, isMuted BOOLEAN
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN
  COUNT { (athlete)-[:MUTES]->() } AS mutes,
  EXISTS { ()-[:MUTES {muterId: $athleteId, mutedId: $mutedId}]->() } AS isMuted
