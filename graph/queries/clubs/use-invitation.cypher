// Uses an invitation once; with its last use it goes. The club is locked.
// in:  invitationHash STRING
// out: usesLeft INTEGER
MATCH (invitation:Invitation {invitationHash: $invitationHash})
SET invitation.usesLeft = invitation.usesLeft - 1
WITH invitation, invitation.usesLeft AS usesLeft
CALL (invitation, usesLeft) {
  WITH invitation, usesLeft
  WHERE usesLeft <= 0
  DETACH DELETE invitation
}
RETURN usesLeft
