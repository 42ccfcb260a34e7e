// Notes that the athlete reads the mail of the account's address, once.
// in:  athleteId STRING, now DATETIME
// out: emailVerifiedAt DATETIME
MATCH (account:Account {athleteId: $athleteId})
SET account.emailVerifiedAt = coalesce(account.emailVerifiedAt, $now)
RETURN account.emailVerifiedAt AS emailVerifiedAt
