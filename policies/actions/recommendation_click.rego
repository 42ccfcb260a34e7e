# METADATA
# title: Saying that a recommendation was opened
# description: It is counted only for who was shown it, and the answer is the same in any case.
# custom:
#   threat: Somebody makes another's ranking look better or worse than it is.
package paceline.actions.recommendation_click

import data.paceline.relations
import data.paceline.verdict

# An athlete says it of what they are shown themselves.
allow contains "recommendation-click-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
