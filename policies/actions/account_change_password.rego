# METADATA
# title: Changing the password
# custom:
#   threat: Somebody else changes it.
package paceline.actions.account_change_password

import data.paceline.relations
import data.paceline.verdict

# An athlete changes their own password.
allow contains "account-change-password-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
