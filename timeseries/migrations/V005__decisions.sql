-- Every access decision: who asked for what, on which facts, and which rules of which bundle decided.
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
  facts JSONB NOT NULL,
  allowed BOOLEAN NOT NULL,
  -- Whether a refused caller was told that the thing exists.
  revealed BOOLEAN NOT NULL,
  rules TEXT[] NOT NULL,
  withheld TEXT[] NOT NULL,
  bundle TEXT NOT NULL,
  request_id TEXT NOT NULL,
  -- A drain that is repeated, or two at once, write nothing twice.
  PRIMARY KEY (writer, sequence, decided_at)
);

SELECT create_hypertable('decisions', by_range('decided_at', INTERVAL '1 day'), create_default_indexes => false);

-- "What was decided for this request" starts in the newest chunk.
CREATE INDEX decisions_by_request ON decisions (request_id, decided_at DESC);
