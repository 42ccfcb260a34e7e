// How many ask to join a club, how many invitations it has and how many clubs are directly below it; each count is
// held against a limit.
// in:  clubId STRING
// out: requests INTEGER, invitations INTEGER, clubs INTEGER
MATCH (club:Club {clubId: $clubId})
RETURN
  COUNT { (club)<-[:ASKS_TO_JOIN]-() } AS requests,
  COUNT { (club)<-[:INVITES_TO]-() } AS invitations,
  COUNT { (club)<-[:PART_OF]-() } AS clubs
