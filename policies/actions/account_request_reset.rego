# METADATA
# title: Asking for a reset of the password
# custom:
#   threat: The answer tells whether an address has an account; so it is always the same.
package paceline.actions.account_request_reset

import data.paceline.verdict

# Everyone may ask; only the mailbox gets the link.
allow contains "account-request-reset-everyone"

decision := verdict.of(allow, set(), true, set())
