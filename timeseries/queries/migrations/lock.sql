-- Lets one process at a time migrate; the lock ends with the transaction.
-- in:  nothing
-- out: nothing of use
SELECT pg_advisory_xact_lock(0x70616365)
