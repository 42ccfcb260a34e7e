# METADATA
# title: Editing the profile
# custom:
#   threat: Somebody else edits it.
package paceline.actions.athlete_update

import data.paceline.relations
import data.paceline.verdict

# An athlete edits their own profile.
allow contains "athlete-update-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
