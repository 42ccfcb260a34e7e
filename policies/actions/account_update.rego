# METADATA
# title: Changing the settings of an account
# custom:
#   threat: Somebody else lets an athlete be found.
package paceline.actions.account_update

import data.paceline.relations
import data.paceline.verdict

# An athlete changes the settings of their own account.
allow contains "account-update-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
