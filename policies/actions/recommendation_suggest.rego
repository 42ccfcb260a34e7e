# METADATA
# title: Suggesting something unasked
# description: It is chosen by ids alone. Who looks at it is shown what they may see then, by the rules of each list.
# custom:
#   threat: Somebody puts themselves before others.
package paceline.actions.recommendation_suggest

import data.paceline.relations
import data.paceline.verdict

# The worker chooses it.
allow contains "recommendation-suggest-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
