// Whose account a link opens, for which purpose.
// in:  linkHash STRING, purpose STRING (verifyEmail | resetPassword), now DATETIME
// out: athleteId STRING, emailHash STRING, ownerStanding STRING (active | suspended | deleted);
//      no row when it was used, has expired or never was
MATCH (link:Link {linkHash: $linkHash, purpose: $purpose})-[:FOR]->(account:Account)-[:OPENS]->(athlete:Athlete)
WHERE link.expiresAt > $now
RETURN
  athlete.athleteId AS athleteId,
  account.emailHash AS emailHash,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding
