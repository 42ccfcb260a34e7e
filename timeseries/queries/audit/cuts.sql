-- Checkpoints that let old decisions go, in their order.
-- in:  nothing
-- out: number BIGINT, body TEXT, signature TEXT (base64), isPublished BOOLEAN
SELECT
  number,
  body,
  translate(encode(signature, 'base64'), E'\n', '') AS signature,
  published_at IS NOT NULL AS "isPublished"
FROM audit_checkpoints
WHERE cut_before IS NOT NULL
ORDER BY number
