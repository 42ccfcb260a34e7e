-- The trail of decisions as a chain that can be verified, with facts that only a key opens; what was there was neither.
DROP TABLE decisions;

CREATE TABLE decisions (
  decided_at TIMESTAMPTZ NOT NULL,
  -- One run of a process, and the number it gave: without gaps, so that a missing decision shows.
  writer UUID NOT NULL,
  sequence BIGINT NOT NULL,
  decision_id UUID NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  -- The athlete, or the name of a part of Paceline; null for somebody who is not logged in.
  subject_id TEXT,
  session_id TEXT,
  standing TEXT NOT NULL,
  scopes TEXT[] NOT NULL,
  roles TEXT[] NOT NULL,
  resource_kind TEXT NOT NULL,
  resource_id TEXT NOT NULL,
  owner_id TEXT,
  -- Decided as one of a page: the thing was shown in passing.
  is_listed BOOLEAN NOT NULL,
  -- AES-256-GCM; null when the key was destroyed before the decision arrived here.
  facts BYTEA,
  -- Whose key opens them: `subject`, `owner` (nobody was logged in), `trail` (there is no athlete), `gone`.
  facts_key TEXT NOT NULL,
  -- There were too many: the first are kept, with the hash of all.
  is_trimmed BOOLEAN NOT NULL,
  allowed BOOLEAN NOT NULL,
  -- Whether a refused caller was told that the thing exists.
  revealed BOOLEAN NOT NULL,
  rules TEXT[] NOT NULL,
  withheld TEXT[] NOT NULL,
  bundle TEXT NOT NULL,
  -- Runtime, compiler and SHA-256 of what evaluated the policy.
  engine TEXT NOT NULL,
  request_id TEXT NOT NULL,
  -- SHA-256 over the chain of the writer's decision before and the hash of all the columns above.
  chain BYTEA NOT NULL,
  PRIMARY KEY (writer, sequence, decided_at)
);

SELECT create_hypertable('decisions', by_range('decided_at', INTERVAL '1 day'), create_default_indexes => false);

-- What the routes of the auditors ask for, the newest first.
CREATE INDEX decisions_by_time ON decisions (decided_at DESC, decision_id DESC);
CREATE INDEX decisions_by_subject ON decisions (subject_id, decided_at DESC);
CREATE INDEX decisions_by_resource ON decisions (resource_id, decided_at DESC);
CREATE INDEX decisions_by_request ON decisions (request_id, decided_at DESC);

-- Where the chain of each writer ends, signed by the drain that made it so long: rows behind it are forged.
CREATE TABLE audit_heads (
  writer UUID PRIMARY KEY,
  sequence BIGINT NOT NULL,
  chain BYTEA NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  signature BYTEA NOT NULL
);
