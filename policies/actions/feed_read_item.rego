# METADATA
# title: Seeing an activity in the home feed
# custom:
#   threat: What was hidden from home feeds, or not meant for the reader, stands in theirs.
package paceline.actions.feed_read_item

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility
import data.paceline.withholding

# The owner sees their own, whatever its visibility.
allow contains "feed-read-item-owner" if relations.isOwner

# Everyone sees what is shared with everyone.
allow contains "feed-read-item-everyone" if visibility.isSharedWithEveryone

# A follower sees what is shared with followers.
allow contains "feed-read-item-follower" if {
	visibility.isSharedWithFollowers
	relations.isFollower
}

# A club-mate sees what is shared with club-mates.
allow contains "feed-read-item-club-mate" if {
	visibility.isSharedWithClubMates
	relations.isClubMate
}

# What its athlete hides from home feeds is in nobody else's.
deny contains "deny-hidden-from-home-feed" if {
	not relations.isOwner
	not isForHomeFeeds
}

deny contains rule if some rule in concealment.deny

isForHomeFeeds if input.facts.hidesFromHomeFeed == false

decision := verdict.of(allow, deny, false, withholding.activity)
