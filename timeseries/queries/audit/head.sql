-- Where the chain of a writer ends.
-- in:  $1 writer UUID
-- out: sequence BIGINT, chain TEXT (hexadecimal), storedAt TIMESTAMPTZ, signature TEXT (base64); no row before its first
SELECT
  sequence,
  encode(chain, 'hex') AS chain,
  stored_at AS "storedAt",
  translate(encode(signature, 'base64'), E'\n', '') AS signature
FROM audit_heads
WHERE writer = $1
