-- Where the chains of writers end that were lengthened lately.
-- in:  $1 since TIMESTAMPTZ
-- out: writer UUID, sequence BIGINT, chain TEXT (hexadecimal), storedAt TIMESTAMPTZ, signature TEXT (base64)
SELECT
  writer,
  sequence,
  encode(chain, 'hex') AS chain,
  stored_at AS "storedAt",
  translate(encode(signature, 'base64'), E'\n', '') AS signature
FROM audit_heads
WHERE stored_at >= $1
ORDER BY writer
