// How many an athlete follows and asks to follow; each count is held against a limit.
// in:  athleteId STRING
// out: follows INTEGER, requests INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN
  COUNT { (athlete)-[:FOLLOWS]->() } AS follows,
  COUNT { (athlete)-[:REQUESTS]->() } AS requests
