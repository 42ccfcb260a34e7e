# METADATA
# title: Visibility
# description: |
#   With whom an activity, or a part of one, is shared. `onlyMe` is shared with nobody, and so is a word that we don't
#   know. Followers and club-mates are two circles, neither in the other.
package paceline.visibility

import data.paceline.relations

isSharedWithEveryone if input.facts.visibility == "everyone"

# Everyone includes the followers, but then the other rule is the reason.
isSharedWithFollowers if input.facts.visibility == "followers"

isSharedWithClubMates if input.facts.visibility == "clubMates"

isShared if relations.isOwner

isShared if reaches(input.facts.visibility)

# Whether what is shared so reaches a caller who isn't the owner.
reaches("everyone")

reaches("followers") if relations.isFollower

reaches("clubMates") if relations.isClubMate
