# METADATA
# title: Handing a club over
# custom:
#   threat: A club gets an owner who has not proved themselves, or who is not asked for.
package paceline.actions.club_hand_over

import data.paceline.clubs
import data.paceline.verdict

# The owner hands the club over to one of its admins.
allow contains "club-hand-over-owner" if {
	clubs.isOwner
	input.facts.targetRole == "admin"
}

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
