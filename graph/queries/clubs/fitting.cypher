// Which clubs below a club suit a member who is in none of them yet, and why: those whom they follow are there, it is
// for the sport that they do most, or its members are out on the weekday on which they mostly are. Clubs whose members
// the viewer may not see are left out; the policy decides each one again. The member is the viewer.
// in:  clubId STRING, viewerId STRING, isLeader BOOLEAN (of this club), startedAfter DATETIME,
//      membersWalked INTEGER (of each, the latest), clubsWalked INTEGER, limit INTEGER
// out: clubId STRING, friendCount INTEGER, isYourSport BOOLEAN, membersOnYourDay INTEGER, weekday INTEGER?
WITH
  COLLECT {
    MATCH (:Athlete {athleteId: $viewerId})-[:MEMBER_OF]->(:Club)-[:PART_OF*0..5]->(above:Club)
    RETURN above.clubId
  } AS countsIn,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = $viewerId
      AND activity.startedAt >= $startedAfter
      AND activity.activityId IS NOT NULL // a composite index serves only who asks about all its properties
    WITH
      activity.sport AS sport,
      datetime({datetime: activity.startedAt, timezone: activity.timeZone}).dayOfWeek AS weekday,
      count(*) AS activityCount
    ORDER BY activityCount DESC, sport, weekday
    LIMIT 1
    RETURN {sport: sport, weekday: weekday}
  }[0] AS habit
WITH countsIn, habit.sport AS sport, habit.weekday AS weekday
MATCH path = (:Club {clubId: $clubId})<-[:PART_OF*1..5]-(club:Club)
WHERE NOT club.clubId IN countsIn
  AND all(
    each IN tail(nodes(path))
    WHERE $isLeader OR each.visibility = 'public' OR each.clubId IN countsIn
  )
WITH club, sport, weekday
ORDER BY club.clubId
LIMIT $clubsWalked
WITH
  club, sport, weekday,
  COUNT {
    MATCH (:Athlete {athleteId: $viewerId})-[follow:FOLLOWS]->(:Athlete)
    WHERE EXISTS { ()-[:MEMBER_OF {athleteId: follow.followeeId, clubId: club.clubId}]->() }
  } AS friendCount
WITH *, coalesce(club.sport = sport, false) AS isYourSport
ORDER BY friendCount DESC, isYourSport DESC, club.clubId
LIMIT $limit
CALL (club, sport, weekday) {
  MATCH (mate:Athlete)-[membership:MEMBER_OF]->(:Club)
  WHERE membership.clubId = club.clubId
    AND membership.since IS NOT NULL
    AND membership.athleteId IS NOT NULL
  WITH mate, sport, weekday, membership
  ORDER BY membership.clubId DESC, membership.since DESC, membership.athleteId DESC
  LIMIT $membersWalked
  WHERE EXISTS {
    MATCH (activity:Activity)
    WHERE activity.athleteId = mate.athleteId
      AND activity.startedAt >= $startedAfter
      AND activity.activityId IS NOT NULL
      AND activity.visibility = 'everyone'
      AND activity.sport = sport
      AND datetime({datetime: activity.startedAt, timezone: activity.timeZone}).dayOfWeek = weekday
  }
  RETURN count(*) AS membersOnYourDay
}
RETURN club.clubId AS clubId, friendCount, isYourSport, membersOnYourDay, weekday
ORDER BY 3 * friendCount + 2 * membersOnYourDay + CASE WHEN isYourSport THEN 5 ELSE 0 END DESC, clubId
