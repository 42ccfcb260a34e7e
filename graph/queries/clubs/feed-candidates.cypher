// The newest activities of the members of a club; who may see them is decided later. Of a very large club these are the
// members who joined last, and those whom the viewer follows.
// in:  clubId STRING, viewerId STRING, depth INTEGER (members looked at), startedAt DATETIME and activityId STRING
//      (only below this pair), limit INTEGER
// out: activityId STRING, startedAt DATETIME
CALL () {
  MATCH (:Athlete)-[membership:MEMBER_OF]->(:Club)
  WHERE membership.clubId = $clubId
    AND membership.since IS NOT NULL
    AND membership.athleteId IS NOT NULL // a composite index serves only who asks about all its properties
  WITH membership
  ORDER BY membership.clubId DESC, membership.since DESC, membership.athleteId DESC
  LIMIT $depth
  RETURN membership.athleteId AS athleteId
  UNION
  MATCH (:Athlete {athleteId: $viewerId})-[follow:FOLLOWS]->(:Athlete)
  WHERE EXISTS { ()-[:MEMBER_OF {athleteId: follow.followeeId, clubId: $clubId}]->() }
  WITH follow.followeeId AS athleteId
  ORDER BY athleteId
  LIMIT $depth
  RETURN athleteId
}
CALL (athleteId) {
  MATCH (activity:Activity)
  WHERE activity.athleteId = athleteId
    AND activity.startedAt <= $startedAt
    AND activity.activityId IS NOT NULL
    // Not an OR, which the planner would answer by scanning all activities.
    AND CASE activity.startedAt WHEN $startedAt THEN activity.activityId < $activityId ELSE true END
    AND activity.visibility <> 'onlyMe'
  RETURN activity.startedAt AS startedAt, activity.activityId AS activityId
  ORDER BY activity.athleteId DESC, activity.startedAt DESC, activity.activityId DESC
  LIMIT $limit
}
RETURN activityId, startedAt
ORDER BY startedAt DESC, activityId DESC
LIMIT $limit
