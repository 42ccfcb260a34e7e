-- Notes what an athlete did with somebody or something, for each version that has shown it to them since a day; for
-- nobody when none has.
-- in:  $1 athlete TEXT, $2 item TEXT, $3 outcome TEXT (clicked | accepted | dismissed), $4 day DATE, $5 since DATE
-- out: nothing
INSERT INTO recommendation_events (day, version, athlete, item, kind)
SELECT DISTINCT $4::date, version, athlete, item, $3::text
FROM recommendation_events
WHERE athlete = $1
  AND item = $2
  AND kind = 'shown'
  AND day BETWEEN $5::date AND $4::date
ON CONFLICT DO NOTHING
