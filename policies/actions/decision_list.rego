# METADATA
# title: Looking for access decisions
# custom:
#   threat: Somebody follows in the trail what another athlete does.
package paceline.actions.decision_list

import data.paceline.relations
import data.paceline.verdict

# An auditor looks for decisions.
allow contains "decision-list-auditor" if relations.hasRole("auditor")

decision := verdict.of(allow, set(), false, set())
