-- The encrypted positions of an activity, in order.
-- in:  $1 activityId UUID
-- out: block SMALLINT, ciphertext BYTEA
SELECT block, ciphertext
FROM position_blocks
WHERE activity_id = $1
ORDER BY block
