// Makes an invitation to a club. The club is locked.
// in:  clubId STRING, issuerId STRING, invitationId STRING, invitationHash STRING, usesLeft INTEGER,
//      expiresAt DATETIME, now DATETIME
// out: invitationId STRING
MATCH (issuer:Athlete {athleteId: $issuerId})
MATCH (club:Club {clubId: $clubId})
CREATE (issuer)-[:ISSUED]->(invitation:Invitation {
  invitationId: $invitationId,
  invitationHash: $invitationHash,
  usesLeft: $usesLeft,
  createdAt: $now,
  expiresAt: $expiresAt
})-[:INVITES_TO]->(club)
RETURN invitation.invitationId AS invitationId
