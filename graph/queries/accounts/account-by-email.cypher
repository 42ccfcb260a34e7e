// The account of an address, found by the keyed hash of it.
// in:  emailHash STRING
// out: athleteId STRING, passwordHash STRING, ownerStanding STRING (active | suspended | deleted)
MATCH (account:Account {emailHash: $emailHash})-[:OPENS]->(athlete:Athlete)
RETURN
  athlete.athleteId AS athleteId,
  account.passwordHash AS passwordHash,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding
