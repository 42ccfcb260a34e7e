-- Checkpoints in their order.
-- in:  $1 after BIGINT (a number), $2 limit INTEGER
-- out: number BIGINT, body TEXT, signature TEXT (base64), isPublished BOOLEAN
SELECT
  number,
  body,
  translate(encode(signature, 'base64'), E'\n', '') AS signature,
  published_at IS NOT NULL AS "isPublished"
FROM audit_checkpoints
WHERE number > $1
ORDER BY number
LIMIT $2
