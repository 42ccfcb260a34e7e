// Whose account a link opens, for which purpose.
// in:  linkHash STRING, purpose STRING (verifyEmail | resetPassword), now DATETIME
// out: athleteId STRING, ownerStanding STRING (active | suspended | deleted); no row when it was used, has expired or
//      never was
MATCH (link:Link {linkHash: $linkHash, purpose: $purpose})-[:FOR]->(:Account)-[:OPENS]->(athlete:Athlete)
WHERE link.expiresAt > $now
RETURN
  athlete.athleteId AS athleteId,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding
