// Leaves an activity withheld that cannot be measured again, until its athlete changes a zone the next time.
// in:  activityId STRING, zonesVersion INTEGER (by which it could not be measured)
// out: activityId STRING
MATCH (activity:Activity {activityId: $activityId})
SET activity.unreadableSince = $zonesVersion
RETURN activity.activityId AS activityId
