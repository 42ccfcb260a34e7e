// Makes a member of a club its owner; whoever owned it is an admin from then on. All are locked.
// in:  clubId STRING, ownerId STRING, heirId STRING
// out: heirId STRING; no row when the heir is no member
MATCH (heir:Athlete {athleteId: $heirId})-[membership:MEMBER_OF]->(club:Club {clubId: $clubId})
OPTIONAL MATCH (:Athlete {athleteId: $ownerId})-[ownership:MEMBER_OF {role: 'owner'}]->(club)
SET ownership.role = 'admin'
SET membership.role = 'owner'
RETURN heir.athleteId AS heirId
