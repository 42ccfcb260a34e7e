# METADATA
# title: Clubs
# description: |
#   How the caller stands to a club. `clubRole` is what they count as there, after what they are in the clubs above and
#   below it; `clubVisibility` is that of the club or of a club above it whose door they have not passed.
# custom:
#   threat: Somebody who does not belong learns that a secret club exists, or what happens in a closed one.
package paceline.clubs

import data.paceline.relations

# Who sees that there is such a club.
isSeen if input.facts.clubVisibility in {"public", "closed"}

isSeen if isInside

isInside if {
	relations.isAthlete
	input.facts.clubRole in {"owner", "admin", "moderator", "member"}
}

# Who does not belong, but is not unwelcome either.
isOutside if {
	relations.isAthlete
	input.facts.clubRole in {"none", "invited", "pending"}
}

isOwner if hasRole("owner")

isAdmin if hasRole("admin")

isModerator if hasRole("moderator")

isBanned if hasRole("banned")

leads if isOwner

leads if isAdmin

moderates if leads

moderates if isModerator

hasRole(role) if {
	relations.isAthlete
	input.facts.clubRole == role
}

# What happens in a public club is open to every athlete who is not banned from it.
isOpenToVisitors if {
	isOutside
	input.facts.clubVisibility == "public"
}

# Somebody who brings an invitation that is open.
isInvited if hasRole("invited")

# Whom a moderator, an admin and the owner may remove or ban; of the rest there is nothing to remove.
isBelowCaller if {
	isModerator
	input.facts.targetRole in (outsiders | {"member"})
}

isBelowCaller if {
	isAdmin
	input.facts.targetRole in (outsiders | {"member", "moderator"})
}

isBelowCaller if {
	isOwner
	input.facts.targetRole in (outsiders | {"member", "moderator", "admin"})
}

outsiders := {"none", "pending", "banned"}
