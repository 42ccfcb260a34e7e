// To which club an invitation is, as long as it is open.
// in:  invitationHash STRING, now DATETIME
// out: clubId STRING; no row when it was used up, taken back or is over
MATCH (invitation:Invitation {invitationHash: $invitationHash})-[:INVITES_TO]->(club:Club)
WHERE invitation.expiresAt > $now
  AND invitation.usesLeft > 0
  AND club.closedAt IS NULL
RETURN club.clubId AS clubId
