# METADATA
# title: Relations
# description: How the caller stands to the athlete whose thing it is. Each name is a fact and reads as one.
package paceline.relations

# Rules come back to the relations with a default over and over: WASM remembers an answer, but not that there was none.
default isAthlete := false

isAthlete if input.subject.kind == "athlete"

# A part of Paceline that acts by itself.
isSystem(name) if {
	input.subject.kind == "system"
	input.subject.name == name
}

# A role that was granted and has not ended. The standing of the session brings it, never the token.
hasRole(role) if {
	isAthlete
	role in input.subject.roles
}

default isOwner := false

isOwner if {
	isAthlete
	is_string(input.subject.athleteId)
	input.subject.athleteId == input.resource.ownerId
}

# For what an athlete has only of their own: either it is named as theirs, or nobody is named.
actsForThemselves if isOwner

actsForThemselves if {
	isAthlete
	not input.resource.ownerId
}

default isFollower := false

# Nobody follows themselves.
isFollower if {
	isAthlete
	not isOwner
	input.facts.isFollower == true
}

default isClubMate := false

# Both are members of one same club.
isClubMate if {
	isAthlete
	not isOwner
	input.facts.isClubMate == true
}

ownerIsGone if input.facts.ownerStanding in {"suspended", "deleted"}
