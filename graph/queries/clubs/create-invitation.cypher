// Makes an invitation to a club. The club is locked. With an id that is there already it changes nothing.
// in:  clubId STRING, issuerId STRING, invitationId STRING, invitationHash STRING, usesLeft INTEGER,
//      expiresAt DATETIME, now DATETIME
// out: usesLeft INTEGER, expiresAt DATETIME
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
RETURN invitation.usesLeft AS usesLeft, invitation.expiresAt AS expiresAt
