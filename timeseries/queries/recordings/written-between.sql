-- Activities whose samples were written in a stretch of time, to be compared with the graph; a page in order of ids.
-- in:  $1 from TIMESTAMPTZ, $2 until TIMESTAMPTZ, $3 afterId UUID, $4 limit INTEGER
-- out: activityId UUID
SELECT activity_id AS "activityId"
FROM recordings
WHERE written_at >= $1
  AND written_at < $2
  AND activity_id > $3
ORDER BY activity_id
LIMIT $4
