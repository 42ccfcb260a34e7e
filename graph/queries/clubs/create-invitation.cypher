// Makes an invitation to a club. The club is locked.
// in:  clubId STRING, issuerId STRING, invitationId STRING, invitationHash STRING, usesLeft INTEGER,
//      expiresAt DATETIME, now DATETIME
// out: invitationId STRING
MATCH (issuer:Athlete {athleteId: $issuerId})
MATCH (club:Club {clubId: $clubId})
MERGE (invitation:Invitation {invitationId: $invitationId})
  ON CREATE SET
    invitation.invitationHash = $invitationHash,
    invitation.usesLeft = $usesLeft,
    invitation.createdAt = $now,
    invitation.expiresAt = $expiresAt
MERGE (issuer)-[:ISSUED]->(invitation)
MERGE (invitation)-[:INVITES_TO]->(club)
RETURN invitation.invitationId AS invitationId
