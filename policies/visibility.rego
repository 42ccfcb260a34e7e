# METADATA
# title: Visibility
# description: With whom an activity is shared. `onlyMe` is shared with nobody, and so is a word that we don't know.
package paceline.visibility

import data.paceline.relations

isSharedWithEveryone if input.facts.visibility == "everyone"

# Everyone includes the followers, but then the other rule is the reason.
isSharedWithFollowers if input.facts.visibility == "followers"

isShared if relations.isOwner

isShared if isSharedWithEveryone

isShared if {
	isSharedWithFollowers
	relations.isFollower
}
