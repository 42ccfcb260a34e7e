# METADATA
# title: Reading an access decision
# custom:
#   threat: Somebody learns from the trail what the policy hides from them.
package paceline.actions.decision_read

import data.paceline.relations
import data.paceline.verdict

# An auditor reads every decision.
allow contains "decision-read-auditor" if relations.hasRole("auditor")

decision := verdict.of(allow, set(), false, set())
