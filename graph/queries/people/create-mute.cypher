// Lets one athlete mute another. Both are locked.
// in:  muterId STRING, mutedId STRING, since DATETIME
// out: since DATETIME
MATCH (muter:Athlete {athleteId: $muterId})
MATCH (muted:Athlete {athleteId: $mutedId})
MERGE (muter)-[mute:MUTES]->(muted)
ON CREATE SET
  mute.muterId = $muterId,
  mute.mutedId = $mutedId,
  mute.since = $since
RETURN mute.since AS since
