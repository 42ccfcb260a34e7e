// The wrapped data keys of some athletes; those who were forgotten, or never were, have none.
// in:  athleteIds LIST<STRING>
// out: athleteId STRING, wrapped BYTES
UNWIND $athleteIds AS athleteId
MATCH (key:AthleteKey {athleteId: athleteId})
RETURN key.athleteId AS athleteId, key.wrapped AS wrapped
