-- Decisions of a writer in the order of its chain, as they are stored; instants to the microsecond.
-- in:  $1 writer UUID, $2 after BIGINT (the number of a decision), $3 limit INTEGER
-- out: writer UUID, sequence BIGINT, decidedAtMicroseconds BIGINT, decisionId UUID, action TEXT, subjectKind TEXT,
--      subjectId TEXT?, sessionId TEXT?, standing TEXT, scopes TEXT[], roles TEXT[], resourceKind TEXT,
--      resourceId TEXT, ownerId TEXT?, isListed BOOLEAN, facts TEXT? (hexadecimal), factsKey TEXT, isTrimmed BOOLEAN,
--      allowed BOOLEAN, revealed BOOLEAN, rules TEXT[], withheld TEXT[], bundle TEXT, engine TEXT, requestId TEXT,
--      chain TEXT (hexadecimal), isPlain BOOLEAN (arrays begin at 1, as all that was ever stored)
SELECT
  writer,
  sequence,
  (extract(EPOCH FROM decided_at) * 1000000)::bigint AS "decidedAtMicroseconds",
  decision_id AS "decisionId",
  action,
  subject_kind AS "subjectKind",
  subject_id AS "subjectId",
  session_id AS "sessionId",
  standing,
  scopes,
  roles,
  resource_kind AS "resourceKind",
  resource_id AS "resourceId",
  owner_id AS "ownerId",
  is_listed AS "isListed",
  encode(facts, 'hex') AS facts,
  facts_key AS "factsKey",
  is_trimmed AS "isTrimmed",
  allowed,
  revealed,
  rules,
  withheld,
  bundle,
  engine,
  request_id AS "requestId",
  encode(chain, 'hex') AS chain,
  coalesce(array_lower(scopes, 1), 1) = 1
    AND coalesce(array_lower(roles, 1), 1) = 1
    AND coalesce(array_lower(rules, 1), 1) = 1
    AND coalesce(array_lower(withheld, 1), 1) = 1 AS "isPlain"
FROM decisions
WHERE writer = $1
  AND sequence > $2
ORDER BY sequence, decided_at
LIMIT $3
