// The account of an athlete, with the key that opens the address.
// in:  athleteId STRING
// out: athleteId STRING, passwordHash STRING, email BYTES (encrypted), emailVerifiedAt DATETIME?,
//      findableSince DATETIME? (agrees to be found by the address), createdAt DATETIME, wrappedKey BYTES,
//      ownerStanding STRING (active | suspended | deleted)
MATCH (account:Account {athleteId: $athleteId})-[:OPENS]->(athlete:Athlete)-[:KEEPS]->(key:AthleteKey)
RETURN
  athlete.athleteId AS athleteId,
  account.passwordHash AS passwordHash,
  account.email AS email,
  account.emailVerifiedAt AS emailVerifiedAt,
  account.findableSince AS findableSince,
  athlete.createdAt AS createdAt,
  key.wrapped AS wrappedKey,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding
