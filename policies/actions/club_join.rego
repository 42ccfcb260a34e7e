# METADATA
# title: Joining a club
# custom:
#   threat: Somebody enters through a closed door, or comes back after a ban.
package paceline.actions.club_join

import data.paceline.clubs
import data.paceline.verdict

# Athletes join a public club.
allow contains "club-join-open" if {
	input.facts.clubVisibility == "public"
	isWelcome
}

# Whoever leads from above joins without asking.
allow contains "club-join-admin" if clubs.isAdmin

# Joining again is the same as once.
allow contains "club-join-member" if {
	clubs.isInside
	input.facts.isMember == true
}

# Whoever is banned stays out, also below.
deny contains "deny-club-banned" if clubs.isBanned

isWelcome if clubs.isOutside

isWelcome if clubs.isInside

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, deny, reveal, set())
