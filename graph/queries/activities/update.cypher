// Changes the given properties of an activity; null removes one. When its start becomes hidden, a name that was made of
// it goes too.
// in:  activityId STRING, changes MAP {name STRING, description STRING?, sport STRING, startedAt DATETIME,
//      hiddenStartedAt DATETIME?, and how it is shared (see graph/model.md)}, each optional
// out: version INTEGER
MATCH (activity:Activity {activityId: $activityId})
SET activity.plainName = CASE WHEN $changes.name IS NULL THEN activity.plainName END
SET activity += $changes
SET activity.name = CASE WHEN activity.hidesStartTime THEN coalesce(activity.plainName, activity.name) ELSE activity.name END
SET activity.version = activity.version + 1
RETURN activity.version AS version
