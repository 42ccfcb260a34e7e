// Deletes some of the analysts' copy, to be run until nothing is left. Any will do, so they are not ordered.
// in:  limit INTEGER
// out: deleted INTEGER
// plan: Eager of $limit nodes, which are all found before any is deleted
MATCH (node:Athlete|Activity|Club)
WITH node
LIMIT $limit
DETACH DELETE node
RETURN count(*) AS deleted
