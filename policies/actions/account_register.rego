# METADATA
# title: Registering
# custom:
#   threat: None; limits of rate are kept elsewhere.
package paceline.actions.account_register

import data.paceline.verdict

# Everyone may open an account.
allow contains "account-register-everyone"

decision := verdict.of(allow, set(), true, set())
