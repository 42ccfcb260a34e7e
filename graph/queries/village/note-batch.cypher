// Notes that a batch of a generated village was written; in the transaction that writes it.
// in:  name STRING, batches INTEGER, until DATETIME
// out: batches INTEGER
MERGE (village:Village {name: $name})
SET village.batches = $batches, village.until = $until
RETURN village.batches AS batches
