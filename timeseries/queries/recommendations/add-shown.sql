-- Notes what a list has shown; the same on one day is noted once.
-- in:  $1 days DATE[], $2 versions TEXT[], $3 athletes TEXT[], $4 items TEXT[] (one of each an entry)
-- out: nothing
INSERT INTO recommendation_events (day, version, athlete, item, kind)
SELECT day, version, athlete, item, 'shown'
FROM unnest($1::date[], $2::text[], $3::text[], $4::text[]) AS shown (day, version, athlete, item)
ON CONFLICT DO NOTHING
