# METADATA
# title: Saying that a recommendation does not interest
# description: What is dismissed is found like any athlete or club, by the rules of reading it.
# custom:
#   threat: Somebody thins out what another is shown.
package paceline.actions.recommendation_dismiss

import data.paceline.relations
import data.paceline.verdict

# An athlete says it of what they are shown themselves.
allow contains "recommendation-dismiss-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
