// Replaces what was measured of an activity, and notes by which zones; null removes a property.
// in:  activityId STRING, zonesVersion INTEGER, properties MAP (see graph/model.md; empty when nothing changes)
// out: version INTEGER
MATCH (activity:Activity {activityId: $activityId})
SET activity += $properties
SET activity.zonesVersion = $zonesVersion
SET activity.version = activity.version + CASE WHEN size(keys($properties)) = 0 THEN 0 ELSE 1 END
RETURN activity.version AS version
