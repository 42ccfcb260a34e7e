# METADATA
# title: Accepting a request to join
# custom:
#   threat: A member lets others in; somebody who is banned gets in.
package paceline.actions.club_request_accept

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club lets in who asked.
allow contains "club-request-accept-moderator" if clubs.moderates

# Nobody who is banned, here or above, is let in.
deny contains "deny-club-target-banned" if {
	clubs.moderates
	input.facts.targetRole == "banned"
}

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, deny, reveal, set())
