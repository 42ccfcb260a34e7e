# METADATA
# title: Resetting the password
# custom:
#   threat: A guessed or used link; the link itself is checked where it is kept.
package paceline.actions.account_reset_password

import data.paceline.verdict

# Whoever holds the link may use it once.
allow contains "account-reset-password-everyone"

decision := verdict.of(allow, set(), true, set())
