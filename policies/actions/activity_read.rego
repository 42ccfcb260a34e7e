# METADATA
# title: Reading an activity
# custom:
#   threat: Somebody sees a training that was not meant for them.
package paceline.actions.activity_read

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility
import data.paceline.withholding

# The owner sees their own, whatever its visibility.
allow contains "activity-read-owner" if relations.isOwner

# Everyone sees what is shared with everyone.
allow contains "activity-read-everyone" if visibility.isSharedWithEveryone

# A follower sees what is shared with followers.
allow contains "activity-read-follower" if {
	visibility.isSharedWithFollowers
	relations.isFollower
}

# A club-mate sees what is shared with club-mates.
allow contains "activity-read-club-mate" if {
	visibility.isSharedWithClubMates
	relations.isClubMate
}

decision := verdict.of(allow, concealment.deny, false, withholding.activity)
