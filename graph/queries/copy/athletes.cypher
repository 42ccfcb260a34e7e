// What the analysts' copy has of a page of athletes: no names, places or text, days and hours instead of instants. A
// start is told in the time of its place, which keeps the weekday and not the place. An athlete's own `place` is none
// on earth: it is where the nightly model puts them.
// in:  afterId STRING (the page begins behind it), limit INTEGER
// out: athleteId STRING, homeRegionKey STRING?, properties MAP (of Athlete), activities LIST<MAP> (of Activity, the
//      latest), memberships LIST<MAP> ({clubId, role, since})
MATCH (athlete:Athlete)
WHERE athlete.athleteId > $afterId
  AND athlete.deletedAt IS NULL
  AND athlete.suspendedAt IS NULL
WITH athlete
ORDER BY athlete.athleteId
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  athlete.homeRegionKey AS homeRegionKey,
  {
    approvesFollowers: athlete.approvesFollowers,
    defaultVisibility: athlete.defaultVisibility,
    sports: athlete.sports,
    community: athlete.community,
    place: athlete.place,
    modelVersion: athlete.modelVersion,
    createdAt: CASE WHEN athlete.createdAt IS NOT NULL THEN datetime.truncate('day', athlete.createdAt) END
  } AS properties,
  COLLECT {
    MATCH (activity:Activity)
    WHERE activity.athleteId = athlete.athleteId
      AND activity.startedAt IS NOT NULL
      AND activity.activityId IS NOT NULL // a composite index serves only who asks about all its properties
      AND activity.visibility <> 'onlyMe'
    WITH activity
    ORDER BY activity.startedAt DESC, activity.activityId DESC
    LIMIT 1000
    RETURN {
      activityId: activity.activityId,
      sport: activity.sport,
      visibility: activity.visibility,
      startedAt: datetime({
        datetime: localdatetime.truncate(
          'hour',
          datetime({datetime: activity.startedAt, timezone: coalesce(activity.timeZone, 'UTC')})
        ),
        timezone: 'UTC'
      }),
      timeZone: 'UTC',
      distanceMeters: 100 * round(activity.distanceMeters / 100),
      climbMeters: 10 * round(activity.climbMeters / 10),
      movingSeconds: 60 * round(activity.movingSeconds / 60),
      elapsedSeconds: 60 * round(activity.elapsedSeconds / 60)
    }
  } AS activities,
  COLLECT {
    MATCH (athlete)-[membership:MEMBER_OF]->(club:Club)
    WHERE club.closedAt IS NULL
      AND NOT EXISTS { MATCH (club)-[:PART_OF*0..5]->(above:Club) WHERE above.visibility = 'secret' }
    RETURN {
      clubId: membership.clubId,
      role: membership.role,
      since: CASE WHEN membership.since IS NOT NULL THEN datetime.truncate('day', membership.since) END
    }
    ORDER BY membership.clubId
  } AS memberships
ORDER BY athleteId
