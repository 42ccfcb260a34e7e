// Which of some athletes or clubs an athlete has dismissed.
// in:  viewerId STRING, ids LIST<STRING>
// out: id STRING
UNWIND $ids AS id
WITH id
WHERE EXISTS { ()-[:DISMISSED {dismisserId: $viewerId, dismissedId: id}]->() }
RETURN id
ORDER BY id
