-- Which of some athletes or clubs somebody was shown since a day.
-- in:  $1 athlete TEXT, $2 items TEXT[], $3 since DATE
-- out: item TEXT
SELECT DISTINCT item
FROM recommendation_events
WHERE athlete = $1
  AND item = ANY ($2::text[])
  AND kind = 'shown'
  AND day >= $3::date
ORDER BY item
