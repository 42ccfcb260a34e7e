# METADATA
# title: Leaving a club
# custom:
#   threat: A club is left without an owner.
package paceline.actions.club_leave

import data.paceline.clubs
import data.paceline.relations
import data.paceline.verdict

# Athletes leave a club that they see; whoever has nothing to leave just does not belong.
allow contains "club-leave-athlete" if {
	relations.isAthlete
	clubs.isSeen
}

# A request can be taken back, even if the club has become secret since.
allow contains "club-leave-pending" if clubs.hasRole("pending")

# The owner hands the club over first, or closes it.
deny contains "deny-club-owner-stays" if clubs.isOwner

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, deny, reveal, set())
