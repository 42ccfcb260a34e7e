# METADATA
# title: Refreshing a session
# custom:
#   threat: A suspended athlete stays logged in.
package paceline.actions.session_refresh

import data.paceline.relations
import data.paceline.verdict

# Whoever holds the refresh token refreshes once.
allow contains "session-refresh-everyone"

# But not into an account that is suspended or deleted.
deny contains "deny-owner-gone" if relations.ownerIsGone

decision := verdict.of(allow, deny, true, set())
