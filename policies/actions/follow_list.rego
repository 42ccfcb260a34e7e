# METADATA
# title: Listing followers and followed
# custom:
#   threat: A closed profile is mapped through its friends. Each athlete in it is decided by itself.
package paceline.actions.follow_list

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete lists their own.
allow contains "follow-list-self" if relations.isOwner

# Athletes see the lists of an open profile.
allow contains "follow-list-open" if {
	not relations.isOwner
	input.facts.approvesFollowers == false
}

# Followers see the lists of a closed one.
allow contains "follow-list-follower" if {
	input.facts.approvesFollowers == true
	relations.isFollower
}

# That a closed profile has lists is no secret.
default reveal := false

reveal if not concealment.isConcealed

decision := verdict.of(allow, concealment.deny, reveal, set())
