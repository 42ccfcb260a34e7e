// Makes an athlete with the key of their data and the account that opens it. Two who register one address at once meet
// at the constraint on emailHash.
// in:  athleteId STRING, displayName STRING, wrappedKey BYTES, emailHash STRING, email BYTES (encrypted),
//      passwordHash STRING, now DATETIME
// out: athleteId STRING
CREATE (athlete:Athlete {
  athleteId: $athleteId,
  displayName: $displayName,
  approvesFollowers: false,
  defaultVisibility: 'followers',
  createdAt: $now,
  version: 1
})
CREATE (athlete)-[:KEEPS]->(:AthleteKey {athleteId: $athleteId, wrapped: $wrappedKey})
CREATE (athlete)<-[:OPENS]-(:Account {
  athleteId: $athleteId,
  emailHash: $emailHash,
  email: $email,
  passwordHash: $passwordHash
})
RETURN athlete.athleteId AS athleteId
