// What is suggested to an athlete.
// in:  athleteId STRING, since DATETIME (not before this)
// out: itemId STRING, kind STRING (athleteToFollow | clubToJoin | trainingPartner), suggestedAt DATETIME
MATCH (:Athlete {athleteId: $athleteId})-[suggestion:SUGGESTED]->()
WHERE suggestion.since >= $since
RETURN suggestion.itemId AS itemId, suggestion.kind AS kind, suggestion.since AS suggestedAt
ORDER BY suggestedAt DESC, itemId
LIMIT 1
