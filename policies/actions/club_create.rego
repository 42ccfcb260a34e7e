# METADATA
# title: Making a club
# custom:
#   threat: Somebody makes one in the name of another.
package paceline.actions.club_create

import data.paceline.relations
import data.paceline.verdict

# An athlete makes a club of their own.
allow contains "club-create-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
