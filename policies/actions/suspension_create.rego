# METADATA
# title: Suspending an athlete
# custom:
#   threat: A moderator removes the administrators; somebody silences another.
package paceline.actions.suspension_create

import data.paceline.relations
import data.paceline.verdict

# An administrator suspends anybody.
allow contains "suspension-create-admin" if relations.hasRole("admin")

# A moderator suspends anybody but an administrator.
allow contains "suspension-create-moderator" if {
	relations.hasRole("moderator")
	input.facts.isTargetAdmin == false
}

# Nobody does it to themselves.
deny contains "deny-self" if relations.isOwner

# Nobody is left of a deleted account.
deny contains "deny-owner-gone" if not isThere

isThere if input.facts.ownerStanding in {"active", "suspended"}

default reveal := false

reveal if relations.hasRole("admin")

reveal if relations.hasRole("moderator")

decision := verdict.of(allow, deny, reveal, set())
