# METADATA
# title: Refreshing a session
# custom:
#   threat: A suspended athlete stays logged in.
package paceline.actions.session_refresh

import data.paceline.verdict

# Whoever holds the refresh token refreshes once.
allow contains "session-refresh-everyone"

# But not while suspended.
deny contains "standing-suspended" if input.facts.ownerStanding == "suspended"

# And not into an account that was deleted.
deny contains "deny-owner-gone" if input.facts.ownerStanding == "deleted"

# Nor into one of which nobody knows whether it was.
deny contains "deny-facts-missing" if not isStandingKnown

isStandingKnown if input.facts.ownerStanding in {"active", "suspended", "deleted"}

decision := verdict.of(allow, deny, true, set())
