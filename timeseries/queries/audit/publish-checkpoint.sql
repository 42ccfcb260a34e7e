-- Notes that the object store has a checkpoint.
-- in:  $1 number BIGINT
-- out: nothing
UPDATE audit_checkpoints
SET published_at = now()
WHERE number = $1
  AND published_at IS NULL
