// Ends a mute. Both athletes are locked.
// in:  muterId STRING, mutedId STRING
// out: mutedId STRING, no row when there was none
MATCH (:Athlete {athleteId: $muterId})-[mute:MUTES]->(muted:Athlete {athleteId: $mutedId})
DELETE mute
RETURN muted.athleteId AS mutedId
