-- Forgets what somebody was shown, and to whom they were shown.
-- in:  $1 pseudonym TEXT
-- out: nothing
DELETE FROM recommendation_events
WHERE athlete = $1 OR item = $1
