# METADATA
# title: Making an activity
# custom:
#   threat: Activities appear under somebody else's name.
package paceline.actions.activity_create

import data.paceline.relations
import data.paceline.verdict

# An athlete adds to their own activities.
allow contains "activity-create-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
