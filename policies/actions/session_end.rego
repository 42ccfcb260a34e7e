# METADATA
# title: Logging out
# custom:
#   threat: Somebody else is logged out.
package paceline.actions.session_end

import data.paceline.relations
import data.paceline.verdict

# An athlete ends their own session.
allow contains "session-end-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
