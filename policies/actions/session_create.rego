# METADATA
# title: Logging in
# custom:
#   threat: A suspended athlete logs in again.
package paceline.actions.session_create

import data.paceline.verdict

# Whoever knows the password logs in.
allow contains "session-create-everyone"

# But not while suspended.
deny contains "standing-suspended" if input.facts.ownerStanding == "suspended"

# And not into an account that was deleted.
deny contains "deny-owner-gone" if input.facts.ownerStanding == "deleted"

# Nor into one of which nobody knows whether it was.
deny contains "deny-facts-missing" if not isStandingKnown

isStandingKnown if input.facts.ownerStanding in {"active", "suspended", "deleted"}

decision := verdict.of(allow, deny, true, set())
