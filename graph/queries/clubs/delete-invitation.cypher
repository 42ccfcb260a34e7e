// Takes an invitation to a club back.
// in:  clubId STRING, invitationId STRING
// out: invitationId STRING; no row when there is none
MATCH (invitation:Invitation {invitationId: $invitationId})-[:INVITES_TO]->(:Club {clubId: $clubId})
WITH invitation, invitation.invitationId AS invitationId
DETACH DELETE invitation
RETURN invitationId
