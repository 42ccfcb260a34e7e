// Changes the given properties of a club; null removes one.
// in:  clubId STRING, changes MAP {name STRING, description STRING?, sport STRING?, place STRING?, visibility STRING},
//      each optional
// out: version INTEGER
MATCH (club:Club {clubId: $clubId})
SET club += $changes
SET club.version = club.version + 1
RETURN club.version AS version
