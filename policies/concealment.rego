# METADATA
# title: Concealment
# description: |
#   What hides an athlete, with everything of theirs, from somebody else. It beats every allow, and whoever it
#   concerns is told that there is no such thing.
# custom:
#   threat: Somebody who was blocked keeps watching, or learns from the answer that they were blocked.
package paceline.concealment

import data.paceline.relations

isConcealed if some _ in deny

# A block hides each from the other.
deny contains "deny-blocked" if {
	not relations.isOwner
	input.facts.isBlocked == true
}

# Nobody sees what belongs to an athlete who was suspended or deleted.
deny contains "deny-owner-gone" if {
	not relations.isOwner
	relations.ownerIsGone
}

# Who isn't logged in sees nothing of an athlete who objects to that.
deny contains "deny-signed-out" if {
	isSignedOut
	input.facts.ownerHidesFromSignedOut == true
}

# What nobody looked up can't be ruled out.
deny contains "deny-facts-missing" if {
	not relations.isOwner
	not areFactsKnown
}

deny contains "deny-facts-missing" if {
	isSignedOut
	not isObjectionKnown
}

isSignedOut if input.subject.kind == "anonymous"

isObjectionKnown if is_boolean(input.facts.ownerHidesFromSignedOut)

areFactsKnown if {
	is_boolean(input.facts.isBlocked)
	input.facts.ownerStanding in {"active", "suspended", "deleted"}
}
