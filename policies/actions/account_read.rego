# METADATA
# title: Reading the account
# custom:
#   threat: Somebody else reads an address.
package paceline.actions.account_read

import data.paceline.relations
import data.paceline.verdict

# An athlete reads their own account.
allow contains "account-read-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
