# METADATA
# title: Lifting a suspension
# custom:
#   threat: A moderator brings back an administrator whom another has suspended; somebody lifts their own.
package paceline.actions.suspension_delete

import data.paceline.relations
import data.paceline.verdict

# An administrator lifts any suspension.
allow contains "suspension-delete-admin" if relations.hasRole("admin")

# A moderator lifts any suspension but an administrator's.
allow contains "suspension-delete-moderator" if {
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
