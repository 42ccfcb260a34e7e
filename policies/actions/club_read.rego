# METADATA
# title: Reading a club
# custom:
#   threat: A secret club is found by somebody who does not belong to it.
package paceline.actions.club_read

import data.paceline.clubs
import data.paceline.verdict

# Everyone sees a public club, and a closed one from outside.
allow contains "club-read-everyone" if input.facts.clubVisibility in {"public", "closed"}

# Whoever belongs to a secret club sees it.
allow contains "club-read-member" if {
	input.facts.clubVisibility == "secret"
	clubs.isInside
}

# Whoever brings an invitation sees what it is to.
allow contains "club-read-invited" if {
	input.facts.clubVisibility == "secret"
	clubs.isInvited
}

decision := verdict.of(allow, set(), false, set())
