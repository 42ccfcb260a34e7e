// Makes athletes of a throw-away graph that have nothing but an id.
// in:  athleteIds LIST<STRING>
// out: made INTEGER
UNWIND $athleteIds AS athleteId
CREATE (athlete:Athlete {athleteId: athleteId})
RETURN count(*) AS made
