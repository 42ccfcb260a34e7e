# METADATA
# title: Reading the sessions of an account
# custom:
#   threat: Others learn when and where an athlete logs in.
package paceline.actions.session_list

import data.paceline.relations
import data.paceline.verdict

# An athlete reads their own sessions.
allow contains "session-list-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
