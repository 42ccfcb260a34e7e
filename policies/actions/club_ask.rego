# METADATA
# title: Asking to join a club
# custom:
#   threat: Somebody who was banned asks again and again.
package paceline.actions.club_ask

import data.paceline.clubs
import data.paceline.verdict

# Athletes ask to join a closed club.
allow contains "club-ask-closed" if {
	input.facts.clubVisibility == "closed"
	clubs.isOutside
}

# Whoever belongs to a club below may ask, however secret the club is.
allow contains "club-ask-inside" if clubs.isInside

# Whoever is banned stays out, also below.
deny contains "deny-club-banned" if clubs.isBanned

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, deny, reveal, set())
