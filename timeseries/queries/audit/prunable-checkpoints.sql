-- Checkpoints before a number that let nothing go, the earliest first.
-- in:  $1 before BIGINT (a number), $2 limit INTEGER
-- out: number BIGINT
SELECT number
FROM audit_checkpoints
WHERE number < $1
  AND cut_before IS NULL
  AND published_at IS NOT NULL
ORDER BY number
LIMIT $2
