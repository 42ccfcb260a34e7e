-- Which of some map cells at least so many athletes have used.
-- in:  $1 cells BYTEA[] (keyed hashes), $2 leastAthletes INTEGER
-- out: cell BYTEA
SELECT cell
FROM map_cells
WHERE cell = ANY ($1::bytea[])
GROUP BY cell
HAVING count(DISTINCT athlete) >= $2
