// Deletes some of the invitations that are over. Any of them will do, so they are not ordered.
// in:  now DATETIME, limit INTEGER
// out: deleted INTEGER
MATCH (invitation:Invitation)
WHERE invitation.expiresAt <= $now
WITH invitation
LIMIT $limit
DETACH DELETE invitation
RETURN count(*) AS deleted
