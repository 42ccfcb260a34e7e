# METADATA
# title: Reading the streams of an activity
# custom:
#   threat: Heart rate and places second by second reach somebody they were not meant for.
package paceline.actions.activity_read_streams

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility
import data.paceline.withholding

# The owner sees their own, whatever its visibility.
allow contains "activity-read-streams-owner" if relations.isOwner

# Everyone sees what is shared with everyone.
allow contains "activity-read-streams-everyone" if visibility.isSharedWithEveryone

# A follower sees what is shared with followers.
allow contains "activity-read-streams-follower" if {
	visibility.isSharedWithFollowers
	relations.isFollower
}

# A club-mate sees what is shared with club-mates.
allow contains "activity-read-streams-club-mate" if {
	visibility.isSharedWithClubMates
	relations.isClubMate
}

decision := verdict.of(allow, concealment.deny, false, withholding.activity)
