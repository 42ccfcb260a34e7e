// Ends that one athlete follows another, or asks to. Both are locked.
// in:  followerId STRING, followeeId STRING
// out: type STRING (FOLLOWS | REQUESTS), one row for each that was there
MATCH (:Athlete {athleteId: $followerId})-[tie:FOLLOWS|REQUESTS]->(:Athlete {athleteId: $followeeId})
WITH tie, type(tie) AS type
DELETE tie
RETURN type
ORDER BY type
