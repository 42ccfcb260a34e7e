// How one athlete is connected to another: the shortest chain of follows from the first to the second, and how the
// viewer stands to each athlete on it, in order. It leads through open profiles, and through closed ones that the
// viewer follows, never through a block between the viewer and somebody; the policy decides each athlete again. Nothing
// but one property is read of the thousands of athletes that a search passes, so whoever was suspended is left out only
// once the policy has refused them.
// in:  fromId STRING, athleteId STRING, viewerId STRING, refusedIds LIST<STRING> (lead through none of them),
//      hiddenLimit INTEGER, friendsLimit INTEGER
// out: position INTEGER, athleteId STRING, displayName STRING,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN; no row without a chain of six follows or fewer
MATCH (start:Athlete {athleteId: $fromId})
WITH
  start,
  COLLECT {
    MATCH (:Athlete {athleteId: $viewerId})-[:BLOCKS]-(hidden:Athlete)
    RETURN hidden
    ORDER BY hidden.athleteId
    LIMIT $hiddenLimit
  } + COLLECT {
    MATCH (refused:Athlete)
    WHERE refused.athleteId IN $refusedIds
    RETURN refused
  } AS hidden,
  COLLECT {
    MATCH (:Athlete {athleteId: $viewerId})-[:FOLLOWS]->(friend:Athlete)
    WHERE friend.approvesFollowers
    RETURN friend
    ORDER BY friend.athleteId
    LIMIT $friendsLimit
  } AS friends
MATCH (end:Athlete {athleteId: $athleteId})
MATCH path = shortestPath((start)-[:FOLLOWS*1..6]->(end))
WHERE all(
  node IN nodes(path)
  WHERE (node.approvesFollowers = false OR node IN friends OR node = start OR node = end)
    AND NOT node IN hidden
)
UNWIND range(0, length(path)) AS position
WITH position, nodes(path)[position] AS athlete
RETURN
  position,
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
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
ORDER BY position
