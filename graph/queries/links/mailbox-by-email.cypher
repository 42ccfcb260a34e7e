// Where the mail to an address goes that has an account, with the key that opens the address, and how many links were
// mailed lately.
// in:  emailHash STRING, purpose STRING (verifyEmail | resetPassword), since DATETIME,
//      eventId STRING (whose own link does not count)
// out: athleteId STRING, email BYTES (encrypted), displayName STRING, wrappedKey BYTES, recentLinks INTEGER,
//      isVerified BOOLEAN, ownerStanding STRING (active | suspended | deleted)
MATCH (account:Account {emailHash: $emailHash})-[:OPENS]->(athlete:Athlete)-[:KEEPS]->(key:AthleteKey)
RETURN
  athlete.athleteId AS athleteId,
  account.email AS email,
  athlete.displayName AS displayName,
  key.wrapped AS wrappedKey,
  COUNT {
    (account)<-[:FOR]-(link:Link {purpose: $purpose})
    WHERE link.createdAt > $since AND link.eventId <> $eventId
  } AS recentLinks,
  account.emailVerifiedAt IS NOT NULL AS isVerified,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding
