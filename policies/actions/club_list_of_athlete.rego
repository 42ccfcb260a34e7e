# METADATA
# title: Listing the clubs of an athlete
# custom:
#   threat: A closed profile is mapped through its clubs. Each club in it is decided by itself.
package paceline.actions.club_list_of_athlete

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete lists their own.
allow contains "club-list-of-athlete-self" if relations.isOwner

# Athletes see the clubs of an open profile.
allow contains "club-list-of-athlete-open" if {
	relations.isAthlete
	not relations.isOwner
	input.facts.approvesFollowers == false
}

# Followers see those of a closed one.
allow contains "club-list-of-athlete-follower" if {
	input.facts.approvesFollowers == true
	relations.isFollower
}

# That a closed profile may have clubs is no secret.
default reveal := false

reveal if not concealment.isConcealed

decision := verdict.of(allow, concealment.deny, reveal, set())
