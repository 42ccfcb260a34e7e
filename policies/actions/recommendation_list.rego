# METADATA
# title: Being shown whom to follow and which clubs to join
# custom:
#   threat: Somebody learns what another would be shown, and so whom they know. Each entry is decided by itself.
package paceline.actions.recommendation_list

import data.paceline.relations
import data.paceline.verdict

# An athlete is shown what suits them.
allow contains "recommendation-list-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
