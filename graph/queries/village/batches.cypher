// How many batches of a generated village have been written.
// in:  name STRING
// out: batches INTEGER
MATCH (village:Village {name: $name})
RETURN village.batches AS batches
