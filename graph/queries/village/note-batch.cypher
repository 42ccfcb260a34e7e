// Notes that a batch of a generated village was written; in the transaction that writes it.
// in:  name STRING, number INTEGER (from 1), until DATETIME
// out: batches INTEGER (so many are written)
MERGE (village:Village {name: $name})
SET village.written = coalesce(village.written, []) + $number, village.until = $until
RETURN size(village.written) AS batches
