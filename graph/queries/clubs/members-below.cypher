// The members of a club and of every club below it, club by club and the longest there first, and how often each did a
// sport on a weekday lately, as far as the viewer may see that. Clubs whose members the viewer may not see are left out
// here for speed; the policy decides each membership again.
// in:  clubId STRING, viewerId STRING, isLeader BOOLEAN (of this club), sport STRING? (any when null),
//      weekday INTEGER? (1 is Monday; any when null), startedAfter DATETIME, afterClubId STRING, afterSince DATETIME
//      and afterId STRING (the page begins behind these three), limit INTEGER
// out: clubId STRING, role STRING, since DATETIME, athleteId STRING, displayName STRING, activityCount INTEGER,
//      approvesFollowers BOOLEAN, ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN,
//      isFollowed BOOLEAN, hasRequested BOOLEAN, isBlocked BOOLEAN
// plan: CartesianProduct of the club, found by key, and all clubs from the border on, while there are few of them
CALL () {
  OPTIONAL MATCH (:Athlete {athleteId: $viewerId})-[:MEMBER_OF]->(:Club)-[:PART_OF*0..5]->(above:Club)
  RETURN collect(DISTINCT above.clubId) AS countsIn
}
MATCH path = (:Club {clubId: $clubId})<-[:PART_OF*0..5]-(club:Club)
WHERE club.clubId >= $afterClubId
  AND all(
    each IN tail(nodes(path))
    WHERE $isLeader OR each.visibility = 'public' OR each.clubId IN countsIn
  )
WITH club
ORDER BY club.clubId
WITH collect([
  club.clubId,
  CASE club.clubId WHEN $afterClubId THEN 0 ELSE COUNT { (club)<-[:MEMBER_OF]-() } END
]) AS clubs
// Only as many clubs as it takes to fill the page: each is a seek.
UNWIND reduce(
  page = [0, []], each IN clubs |
  CASE
    WHEN page[0] < $limit
    THEN [page[0] + each[1], page[1] + each[0]]
    ELSE page
  END
)[1] AS clubId
CALL (clubId) {
  MATCH (athlete:Athlete)-[membership:MEMBER_OF]->(:Club)
  WHERE membership.clubId = clubId
    AND membership.since >= CASE clubId WHEN $afterClubId THEN $afterSince ELSE datetime('0001-01-01T00:00:00Z') END
    AND membership.athleteId IS NOT NULL // a composite index serves only who asks about all its properties
    AND CASE
      WHEN clubId = $afterClubId AND membership.since = $afterSince THEN membership.athleteId > $afterId
      ELSE true
    END
  RETURN athlete, membership
  ORDER BY membership.clubId, membership.since, membership.athleteId
  LIMIT $limit
}
WITH athlete, membership
ORDER BY membership.clubId, membership.since, membership.athleteId
LIMIT $limit
WITH
  athlete, membership,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS isFollower
RETURN
  membership.clubId AS clubId,
  membership.role AS role,
  membership.since AS since,
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  COUNT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = athlete.athleteId
      AND activity.startedAt >= $startedAfter
      AND activity.activityId IS NOT NULL
      AND (
        activity.visibility = 'everyone'
        OR athlete.athleteId = $viewerId
        OR (isFollower AND activity.visibility = 'followers')
      )
      AND ($sport IS NULL OR activity.sport = $sport)
      AND (
        $weekday IS NULL
        OR datetime({datetime: activity.startedAt, timezone: activity.timeZone}).dayOfWeek = $weekday
      )
  } AS activityCount,
  athlete.approvesFollowers AS approvesFollowers,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  isFollower,
  EXISTS { ()-[:FOLLOWS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS isFollowed,
  EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS hasRequested,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() } AS isBlocked
ORDER BY clubId, since, athleteId
