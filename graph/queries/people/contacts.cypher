// Athletes who agreed to be found by e-mail, by the keyed hashes of addresses that they have verified, and how the
// viewer stands to each. Whoever is hidden from the viewer is left out here for speed; the policy decides each again.
// in:  contactHashes LIST<STRING>, viewerId STRING
// out: athleteId STRING, displayName STRING, isFindableByEmail BOOLEAN, isEmailVerified BOOLEAN,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
MATCH (account:Account)
WHERE account.contactHash IN $contactHashes
MATCH (account)-[:OPENS]->(athlete:Athlete)
WHERE athlete.athleteId <> $viewerId
  AND account.emailVerifiedAt IS NOT NULL
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
RETURN
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  account.findableSince IS NOT NULL AS isFindableByEmail,
  account.emailVerifiedAt IS NOT NULL AS isEmailVerified,
  athlete.approvesFollowers AS approvesFollowers,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { ()-[:FOLLOWS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS isFollowed,
  EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS hasRequested,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() } AS isBlocked
ORDER BY athleteId
