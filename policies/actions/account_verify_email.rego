# METADATA
# title: Verifying an e-mail
# custom:
#   threat: A guessed or used link; the link itself is checked where it is kept.
package paceline.actions.account_verify_email

import data.paceline.verdict

# Whoever holds the link may use it once.
allow contains "account-verify-email-everyone"

decision := verdict.of(allow, set(), true, set())
