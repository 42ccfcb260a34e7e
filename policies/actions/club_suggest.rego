# METADATA
# title: Being shown clubs nearby
# custom:
#   threat: Clubs are suggested in the name of another. Each club in it is decided by itself.
package paceline.actions.club_suggest

import data.paceline.relations
import data.paceline.verdict

# An athlete is shown clubs near their own.
allow contains "club-suggest-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
