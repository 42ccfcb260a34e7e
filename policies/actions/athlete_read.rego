# METADATA
# title: Reading a profile
# custom:
#   threat: Body, age and address of an athlete reach others; a closed profile is open.
package paceline.actions.athlete_read

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

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

# Nobody else sees what says something of the body, the account or the place.
withhold contains field if {
	not relations.isOwner
	some field in personal
}

# Of a closed profile nothing is left but the name and the counts.
withhold contains field if {
	isNameOnly
	some field in public
}

personal := {
	"birthDate",
	"bodyMassKilograms",
	"email",
	"emailVerifiedAt",
	"functionalThresholdPowerWatts",
	"heartRateMaxBpm",
	"heartRateRestBpm",
	"settings",
	"thresholdPaceSecondsPerKilometer",
	"timeZone",
}

public := {
	"createdAt",
	"sex",
}

isOpen if input.facts.approvesFollowers == false

isNameOnly if {
	not relations.isOwner
	not isOpen
	not relations.isFollower
}

decision := verdict.of(allow, concealment.deny, false, withhold)
