# METADATA
# title: Deleting the account
# custom:
#   threat: Somebody else deletes it.
package paceline.actions.account_delete

import data.paceline.relations
import data.paceline.verdict

# An athlete deletes their own account.
allow contains "account-delete-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
