// Changes the given properties of an activity; null removes one.
// in:  activityId STRING, changes MAP {name STRING, description STRING?, sport STRING, visibility STRING}, each
//      optional
// out: version INTEGER
MATCH (activity:Activity {activityId: $activityId})
SET activity += $changes
SET activity.version = activity.version + 1
RETURN activity.version AS version
