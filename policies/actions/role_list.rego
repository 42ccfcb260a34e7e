# METADATA
# title: Reading who holds which role
# custom:
#   threat: Somebody finds out whom to put under pressure.
package paceline.actions.role_list

import data.paceline.relations
import data.paceline.verdict

# An administrator sees the roles of everybody.
allow contains "role-list-admin" if relations.hasRole("admin")

# An athlete sees their own.
allow contains "role-list-own" if relations.isOwner

decision := verdict.of(allow, set(), false, set())
