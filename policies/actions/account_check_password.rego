# METADATA
# title: Comparing a password
# custom:
#   threat: The hash of a password is read for anything else.
package paceline.actions.account_check_password

import data.paceline.relations
import data.paceline.verdict

# The part that logs athletes in compares what they typed.
allow contains "account-check-password-accounts" if relations.isSystem("accounts")

decision := verdict.of(allow, set(), false, set())
