-- Lengthens the chain of a writer by some decisions, if it still ends where the caller saw it end; else does nothing.
-- in:  $1 writer UUID, $2 after BIGINT (the number of its last decision; 0 before the first),
--      $3 sequence BIGINT, $4 chain TEXT, $5 storedAt TIMESTAMPTZ, $6 signature TEXT (base64): the new end,
--      $7 rows TEXT (a JSON array of objects; facts and chain in hexadecimal)
-- out: sequence BIGINT; no row when nothing was done
WITH head AS (
  INSERT INTO audit_heads AS head (writer, sequence, chain, stored_at, signature)
  VALUES ($1, $3, decode($4, 'hex'), $5, decode($6, 'base64'))
  ON CONFLICT (writer) DO UPDATE
    SET sequence = EXCLUDED.sequence,
      chain = EXCLUDED.chain,
      stored_at = EXCLUDED.stored_at,
      signature = EXCLUDED.signature
    WHERE head.sequence = $2
  RETURNING head.sequence
), added AS (
  INSERT INTO decisions (
    decided_at, writer, sequence, decision_id, action,
    subject_kind, subject_id, session_id, standing, scopes, roles,
    resource_kind, resource_id, owner_id, is_listed, facts, facts_key, is_trimmed,
    allowed, revealed, rules, withheld, bundle, engine, request_id, chain
  )
  SELECT
    row."decidedAt", $1, row.sequence, row."decisionId", row.action,
    row."subjectKind", row."subjectId", row."sessionId", row.standing, row.scopes, row.roles,
    row."resourceKind", row."resourceId", row."ownerId", row."isListed",
    decode(row.facts, 'hex'), row."factsKey", row."isTrimmed",
    row.allowed, row.revealed, row.rules, row.withheld, row.bundle, row.engine, row."requestId",
    decode(row.chain, 'hex')
  FROM json_to_recordset($7::json) AS row (
    "decidedAt" TIMESTAMPTZ, sequence BIGINT, "decisionId" UUID, action TEXT,
    "subjectKind" TEXT, "subjectId" TEXT, "sessionId" TEXT, standing TEXT, scopes TEXT[], roles TEXT[],
    "resourceKind" TEXT, "resourceId" TEXT, "ownerId" TEXT, "isListed" BOOLEAN,
    facts TEXT, "factsKey" TEXT, "isTrimmed" BOOLEAN,
    allowed BOOLEAN, revealed BOOLEAN, rules TEXT[], withheld TEXT[], bundle TEXT, engine TEXT, "requestId" TEXT,
    chain TEXT
  )
  WHERE EXISTS (SELECT FROM head)
  -- A number that somebody else took stays theirs; the chain tells.
  ON CONFLICT DO NOTHING
)
SELECT sequence
FROM head
