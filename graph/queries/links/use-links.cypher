// Deletes the links of an account for one purpose: one of them was used.
// in:  athleteId STRING, purpose STRING (verifyEmail | resetPassword)
// out: used INTEGER
MATCH (:Account {athleteId: $athleteId})<-[:FOR]-(link:Link {purpose: $purpose})
DETACH DELETE link
RETURN count(*) AS used
