// Notes that a batch of a generated village was written; in the transaction that writes it.
// in:  name STRING, batches INTEGER
// out: batches INTEGER
MERGE (village:Village {name: $name})
SET village.batches = $batches
RETURN village.batches AS batches
