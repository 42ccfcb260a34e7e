// Keeps the hash of the token in a mailed link, and deletes links of the account that have expired. One event makes one
// link: when its job runs again, it makes the same token.
// in:  athleteId STRING, eventId STRING, linkHash STRING, purpose STRING (verifyEmail | resetPassword), now DATETIME,
//      expiresAt DATETIME
// out: linkHash STRING
MATCH (account:Account {athleteId: $athleteId})
CALL (account) {
  MATCH (account)<-[:FOR]-(old:Link)
  WHERE old.expiresAt <= $now
  DETACH DELETE old
}
MERGE (account)<-[:FOR]-(link:Link {eventId: $eventId})
SET
  link.linkHash = $linkHash,
  link.purpose = $purpose,
  link.createdAt = $now,
  link.expiresAt = $expiresAt
RETURN link.linkHash AS linkHash
