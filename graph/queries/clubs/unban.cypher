// Lifts the ban of an athlete from a club.
// in:  athleteId STRING, clubId STRING
// out: clubId STRING; no row when there was no ban
MATCH (:Athlete {athleteId: $athleteId})-[ban:BANNED_FROM]->(club:Club {clubId: $clubId})
DELETE ban
RETURN club.clubId AS clubId
