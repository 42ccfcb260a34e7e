// Ends what ties an athlete to a club, be it a membership or a request, but never ownership. Both are locked.
// in:  athleteId STRING, clubId STRING
// out: type STRING (MEMBER_OF | ASKS_TO_JOIN)
MATCH (:Athlete {athleteId: $athleteId})-[tie:MEMBER_OF|ASKS_TO_JOIN]->(:Club {clubId: $clubId})
WHERE coalesce(tie.role, 'none') <> 'owner'
WITH tie, type(tie) AS type
DELETE tie
RETURN type
