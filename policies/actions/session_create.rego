# METADATA
# title: Logging in
# custom:
#   threat: A suspended athlete logs in again.
package paceline.actions.session_create

import data.paceline.relations
import data.paceline.verdict

# Whoever knows the password logs in.
allow contains "session-create-everyone"

# But not into an account that is suspended or deleted.
deny contains "deny-owner-gone" if relations.ownerIsGone

decision := verdict.of(allow, deny, true, set())
