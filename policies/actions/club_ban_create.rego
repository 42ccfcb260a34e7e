# METADATA
# title: Banning from a club
# custom:
#   threat: A moderator gets rid of an admin, a local club of whoever leads from above; a club below loses its owner.
package paceline.actions.club_ban_create

import data.paceline.clubs
import data.paceline.relations
import data.paceline.verdict

# Whoever moderates a club bans those below them.
allow contains "club-ban-create-above" if {
	clubs.isBelowCaller
	input.facts.isTargetFromAbove == false
	input.facts.ownsBelow == false
}

# Nobody bans themselves.
deny contains "deny-self" if {
	clubs.moderates
	relations.isOwner
}

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, deny, reveal, set())
