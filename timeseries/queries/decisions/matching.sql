-- Decisions that match, the newest first.
-- in:  $1 subject TEXT? (who asked), $2 resource TEXT? (for what), $3 action TEXT?, $4 since TIMESTAMPTZ,
--      $5 beforeAt TIMESTAMPTZ and $6 beforeId UUID (the last one of the page before), $7 limit INTEGER
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
WHERE decided_at >= $4
  AND decided_at <= $5
  AND (decided_at, decision_id) < ($5, $6::uuid)
  AND ($1::text IS NULL OR subject_id = $1)
  AND ($2::text IS NULL OR resource_id = $2)
  AND ($3::text IS NULL OR action = $3)
ORDER BY decided_at DESC, decision_id DESC
LIMIT $7
