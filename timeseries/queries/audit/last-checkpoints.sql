-- The newest checkpoints, the newest first.
-- in:  $1 limit INTEGER
-- out: number BIGINT, body TEXT, signature TEXT (base64), isPublished BOOLEAN
SELECT
  number,
  body,
  translate(encode(signature, 'base64'), E'\n', '') AS signature,
  published_at IS NOT NULL AS "isPublished"
FROM audit_checkpoints
ORDER BY number DESC
LIMIT $1
