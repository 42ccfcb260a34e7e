-- Stores decisions as the journal wrote them; those that are there already stay as they are.
-- in:  $1 lines TEXT (a JSON array of objects named like the columns)
-- out: nothing
INSERT INTO decisions (
  decided_at, writer, sequence, decision_id, action,
  subject_kind, subject_id, session_id, standing, scopes, roles,
  resource_kind, resource_id, owner_id, facts,
  allowed, revealed, rules, withheld, bundle, request_id
)
SELECT
  decided_at, writer, sequence, decision_id, action,
  subject_kind, subject_id, session_id, standing, scopes, roles,
  resource_kind, resource_id, owner_id, facts,
  allowed, revealed, rules, withheld, bundle, request_id
FROM json_populate_recordset(NULL::decisions, $1::json)
ON CONFLICT DO NOTHING
