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

isShared if input.facts.visibility in circles

# The circles of the owner that the caller is in; the owner needs none.
circles contains "everyone"

circles contains "followers" if relations.isFollower

circles contains "clubMates" if relations.isClubMate
