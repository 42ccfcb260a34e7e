-- Who opened an activity: each athlete once, by their last time; shown in a list is not opened.
-- in:  $1 activityId TEXT, $2 ownerId TEXT, $3 since TIMESTAMPTZ, $4 until TIMESTAMPTZ, $5 limit INTEGER
-- out: decisionId UUID, subjectKind TEXT, subjectId TEXT, ownerId TEXT, roles TEXT[], facts BYTEA?, factsKey TEXT
WITH last AS (
  SELECT DISTINCT ON (subject_id) decided_at, decision_id, subject_kind, subject_id, owner_id, roles, facts, facts_key
  FROM decisions
  WHERE resource_id = $1
    AND action = 'activity.read'
    AND allowed
    AND NOT is_listed
    AND subject_kind = 'athlete'
    AND subject_id <> $2
    AND decided_at >= $3
    AND decided_at < $4
  ORDER BY subject_id, decided_at DESC, decision_id DESC
)
SELECT
  decision_id AS "decisionId",
  subject_kind AS "subjectKind",
  subject_id AS "subjectId",
  owner_id AS "ownerId",
  roles,
  facts,
  facts_key AS "factsKey"
FROM last
ORDER BY decided_at DESC, decision_id DESC
LIMIT $5
