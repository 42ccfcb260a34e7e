// The members of a club and of every club below it who did a sport on a weekday lately, club by club and the longest
// there first, and how often each did, as far as the viewer may see that. It walks along so many members, and the last
// row tells where the walk ended that can go on. Clubs whose members the viewer may not see and whom they are hidden
// from are left out here for speed; the policy decides each membership again.
// in:  clubId STRING, viewerId STRING, isLeader BOOLEAN (of this club), sport STRING? (any when null),
//      weekday INTEGER? (1 is Monday; any when null), startedAfter DATETIME, leastActivities INTEGER,
//      afterClubId STRING, afterSince DATETIME and afterId STRING (the walk begins behind these three),
//      membersWalked INTEGER, limit INTEGER
// out: clubId STRING, role STRING, since DATETIME, athleteId STRING, displayName STRING, activityCount INTEGER,
//      isEnd BOOLEAN (the walk can go on behind this one, who may have done less), approvesFollowers BOOLEAN,
//      ownerStanding STRING (active | suspended | deleted), isFollower BOOLEAN, isFollowed BOOLEAN,
//      hasRequested BOOLEAN, isBlocked BOOLEAN
// plan: CartesianProduct of the club, found by key, and all clubs from the border on, while there are few of them
CALL () {
  OPTIONAL MATCH (:Athlete {athleteId: $viewerId})-[:MEMBER_OF]->(:Club)-[:PART_OF*0..5]->(above:Club)
  RETURN collect(DISTINCT above.clubId) AS countsIn
}
MATCH path = (:Club {clubId: $clubId})<-[:PART_OF*0..5]-(club:Club)
WHERE club.clubId >= $afterClubId
  AND all(
    each IN tail(nodes(path))
    // Not an OR, which would look at the ids first: most clubs are public.
    WHERE CASE each.visibility WHEN 'public' THEN true ELSE $isLeader OR each.clubId IN countsIn END
  )
WITH club
ORDER BY club.clubId
WITH collect([
  club.clubId,
  CASE club.clubId WHEN $afterClubId THEN 0 ELSE COUNT { (club)<-[:MEMBER_OF]-() } END
]) AS clubs
// Only as many clubs as it takes to walk so far: each is a seek.
UNWIND reduce(
  page = [0, []], each IN clubs |
  CASE
    WHEN page[0] < $membersWalked
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
  LIMIT $membersWalked
}
WITH athlete, membership
ORDER BY membership.clubId, membership.since, membership.athleteId
LIMIT $membersWalked
WITH collect({athlete: athlete, membership: membership}) AS walked
// Where a walk ended that was not the last one: at the last of them whom the viewer may know of.
WITH
  walked,
  CASE size(walked)
    WHEN $membersWalked THEN coalesce(
      head(COLLECT {
        UNWIND range(size(walked) - 1, 0, -1) AS place
        WITH place, walked[place].athlete AS athlete
        WHERE athlete.deletedAt IS NULL
          AND athlete.suspendedAt IS NULL
          AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
          AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
        RETURN place
        LIMIT 1
      }),
      size(walked) - 1
    )
    ELSE -1
  END AS endPlace
UNWIND range(0, size(walked) - 1) AS place
WITH place = endPlace AS isEnd, walked[place].athlete AS athlete, walked[place].membership AS membership
WITH
  *,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = athlete.athleteId
      AND activity.startedAt >= $startedAfter
      AND activity.activityId IS NOT NULL
      AND (activity.visibility IN ['everyone', 'followers'] OR athlete.athleteId = $viewerId)
      AND ($sport IS NULL OR activity.sport = $sport)
      AND (
        $weekday IS NULL
        OR datetime({datetime: activity.startedAt, timezone: activity.timeZone}).dayOfWeek = $weekday
      )
    RETURN activity.visibility
  } AS visibilities
// How the viewer stands to somebody is looked up for few.
WHERE isEnd OR size(visibilities) >= $leastActivities
WITH
  *,
  EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS isFollower,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() } AS isBlocked
WITH
  *,
  size([each IN visibilities WHERE isFollower OR each = 'everyone' OR athlete.athleteId = $viewerId]) AS activityCount
WHERE isEnd
  OR (
    activityCount >= $leastActivities
    AND NOT isBlocked
    AND athlete.deletedAt IS NULL
    AND athlete.suspendedAt IS NULL
  )
RETURN
  membership.clubId AS clubId,
  membership.role AS role,
  membership.since AS since,
  athlete.athleteId AS athleteId,
  athlete.displayName AS displayName,
  activityCount,
  isEnd,
  athlete.approvesFollowers AS approvesFollowers,
  CASE
    WHEN athlete.deletedAt IS NOT NULL THEN 'deleted'
    WHEN athlete.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  isFollower,
  EXISTS { ()-[:FOLLOWS {followeeId: $viewerId, followerId: athlete.athleteId}]->() } AS isFollowed,
  EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() } AS hasRequested,
  isBlocked
ORDER BY clubId, since, athleteId
LIMIT $limit
