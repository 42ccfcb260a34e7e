# METADATA
# title: Ending a role
# custom:
#   threat: The last administrator goes, and nobody can grant anything any more; somebody else takes a role away.
package paceline.actions.role_end

import data.paceline.relations
import data.paceline.verdict

# An administrator ends anybody's role.
allow contains "role-end-admin" if relations.hasRole("admin")

# Whoever holds a role lays it down.
allow contains "role-end-own" if relations.isOwner

# One administrator stays.
deny contains "deny-last-admin" if input.facts.isLastAdmin == true

# What nobody looked up can't be ruled out.
deny contains "deny-facts-missing" if not isKnown

isKnown if is_boolean(input.facts.isLastAdmin)

default reveal := false

reveal if relations.hasRole("admin")

reveal if relations.isOwner

decision := verdict.of(allow, deny, reveal, set())
