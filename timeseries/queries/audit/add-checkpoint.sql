-- Adds a checkpoint, unless there is one of its number.
-- in:  $1 number BIGINT, $2 madeAt TIMESTAMPTZ, $3 body TEXT, $4 signature TEXT (base64), $5 cutBefore TIMESTAMPTZ?
-- out: number BIGINT; no row when somebody was faster
INSERT INTO audit_checkpoints (number, made_at, body, signature, cut_before)
VALUES ($1, $2, $3, decode($4, 'base64'), $5)
ON CONFLICT DO NOTHING
RETURNING number
