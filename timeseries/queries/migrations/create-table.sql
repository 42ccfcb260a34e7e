-- Keeps which migrations ran, and what they said when they did.
-- in:  nothing
-- out: nothing
CREATE TABLE IF NOT EXISTS migrations (
  file TEXT PRIMARY KEY,
  checksum TEXT NOT NULL,
  applied_at TIMESTAMPTZ NOT NULL DEFAULT now()
)
