-- How often somebody who was not logged in opened an activity.
-- in:  $1 activityId TEXT, $2 since TIMESTAMPTZ, $3 until TIMESTAMPTZ
-- out: openings BIGINT
SELECT count(*) AS openings
FROM decisions
WHERE resource_id = $1
  AND action = 'activity.read'
  AND allowed
  AND NOT is_listed
  AND subject_kind = 'anonymous'
  AND decided_at >= $2
  AND decided_at < $3
