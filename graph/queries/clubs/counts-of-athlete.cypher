// To how many clubs an athlete belongs and asks to belong; each count is held against a limit.
// in:  athleteId STRING
// out: clubs INTEGER, requests INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})
RETURN
  COUNT { (athlete)-[:MEMBER_OF]->() } AS clubs,
  COUNT { (athlete)-[:ASKS_TO_JOIN]->() } AS requests
