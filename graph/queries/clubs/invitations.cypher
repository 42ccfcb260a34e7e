// The open invitations of a club, the latest first. There are never many.
// in:  clubId STRING, now DATETIME, limit INTEGER
// out: invitationId STRING, usesLeft INTEGER, createdAt DATETIME, expiresAt DATETIME
MATCH (invitation:Invitation)-[:INVITES_TO]->(:Club {clubId: $clubId})
WHERE invitation.expiresAt > $now
RETURN
  invitation.invitationId AS invitationId,
  invitation.usesLeft AS usesLeft,
  invitation.createdAt AS createdAt,
  invitation.expiresAt AS expiresAt
ORDER BY createdAt DESC, invitationId DESC
LIMIT $limit
