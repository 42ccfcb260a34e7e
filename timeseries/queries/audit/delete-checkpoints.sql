-- Forgets checkpoints that let nothing go; the object store has none of them any more.
-- in:  $1 numbers BIGINT[]
-- out: nothing
DELETE FROM audit_checkpoints
WHERE number = ANY($1)
  AND cut_before IS NULL
