-- Keeps one encrypted block of positions.
-- in:  $1 activityId UUID, $2 block SMALLINT, $3 ciphertext BYTEA
-- out: nothing
INSERT INTO position_blocks (activity_id, block, ciphertext)
VALUES ($1, $2, $3)
