-- The last decision of each writer before an instant.
-- in:  $1 before TIMESTAMPTZ
-- out: writer UUID, sequence BIGINT, chain TEXT (hexadecimal)
SELECT DISTINCT ON (writer) writer, sequence, encode(chain, 'hex') AS chain
FROM decisions
WHERE decided_at < $1
ORDER BY writer, sequence DESC, decided_at DESC
