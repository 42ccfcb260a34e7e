# METADATA
# title: Reading a profile
# custom:
#   threat: Body, age and address of an athlete reach others; a closed profile is open.
package paceline.actions.athlete_read

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.withholding

# An athlete sees all of their own.
allow contains "athlete-read-self" if relations.isOwner

# Everyone sees an open profile.
allow contains "athlete-read-open" if {
	not relations.isOwner
	input.facts.approvesFollowers == false
}

# A follower sees a closed profile.
allow contains "athlete-read-follower" if {
	not isOpen
	relations.isFollower
}

# Of a closed profile everyone else sees the name, so that they can ask to follow.
allow contains "athlete-read-name" if isNameOnly

# Others see of the body, the account and the place what the athlete shares with them.
withhold contains part if some part in withholding.athlete

# Of a closed profile nothing is left but the name and the counts.
withhold contains part if {
	isNameOnly
	some part in (withholding.partsOfAthlete | {"createdAt"})
}

isOpen if input.facts.approvesFollowers == false

isNameOnly if {
	not relations.isOwner
	not isOpen
	not relations.isFollower
}

decision := verdict.of(allow, concealment.deny, false, withhold)
