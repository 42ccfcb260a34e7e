-- One decision.
-- in:  $1 decisionId UUID, $2 decidedAt TIMESTAMPTZ (its id begins with it)
-- out: decisionId UUID, decidedAt TIMESTAMPTZ, writer UUID, sequence BIGINT, action TEXT, subjectKind TEXT,
--      subjectId TEXT?, sessionId TEXT?, standing TEXT, scopes TEXT[], roles TEXT[], resourceKind TEXT,
--      resourceId TEXT, ownerId TEXT?, isListed BOOLEAN, facts BYTEA?, factsKey TEXT, isTrimmed BOOLEAN,
--      allowed BOOLEAN, revealed BOOLEAN, rules TEXT[], withheld TEXT[], bundle TEXT, engine TEXT, requestId TEXT
SELECT
  decision_id AS "decisionId",
  decided_at AS "decidedAt",
  writer,
  sequence,
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
  facts,
  facts_key AS "factsKey",
  is_trimmed AS "isTrimmed",
  allowed,
  revealed,
  rules,
  withheld,
  bundle,
  engine,
  request_id AS "requestId"
FROM decisions
WHERE decided_at = $2
  AND decision_id = $1
ORDER BY writer, sequence
LIMIT 1
