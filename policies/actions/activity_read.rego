# METADATA
# title: Reading an activity
# custom:
#   threat: Somebody sees a training that was not meant for them.
package paceline.actions.activity_read

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility

# The owner sees their own, whatever its visibility.
allow contains "activity-read-owner" if relations.isOwner

# Everyone sees what is shared with everyone.
allow contains "activity-read-everyone" if visibility.isSharedWithEveryone

# A follower sees what is shared with followers.
allow contains "activity-read-follower" if {
	visibility.isSharedWithFollowers
	relations.isFollower
}

# Which file it was made from concerns nobody else.
withhold contains "uploadId" if not relations.isOwner

decision := verdict.of(allow, concealment.deny, false, withhold)
