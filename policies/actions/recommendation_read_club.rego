# METADATA
# title: Being shown a club to join
# custom:
#   threat: A secret club shows itself; somebody is shown what they left, were banned from or want nothing of.
package paceline.actions.recommendation_read_club

import data.paceline.clubs
import data.paceline.relations
import data.paceline.verdict

# An athlete is shown clubs that everyone may find, and to which they neither belong nor asked to.
allow contains "recommendation-read-club-new" if {
	relations.isAthlete
	input.facts.clubVisibility in {"public", "closed"}
	mayJoin
	input.facts.isMember == false
	input.facts.isDismissed == false
}

# Whoever only counts as a member, because of a club below, may still want to be one.
mayJoin if clubs.isInside

mayJoin if input.facts.clubRole in {"none", "invited"}

decision := verdict.of(allow, set(), false, set())
