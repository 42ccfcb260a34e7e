// Notes that an athlete agrees to be found by the hash of their address, since when they first did; or, with nulls,
// that they don't any more: then nothing is left to find them by. The athlete is locked.
// in:  athleteId STRING, contactHash STRING?, findableSince DATETIME?
// out: findableSince DATETIME?
MATCH (account:Account {athleteId: $athleteId})
SET
  account.contactHash = $contactHash,
  account.findableSince = $findableSince
RETURN account.findableSince AS findableSince
