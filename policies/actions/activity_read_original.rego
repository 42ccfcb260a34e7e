# METADATA
# title: Reading the file of an activity
# custom:
#   threat: The file holds what the activity hides, like every place, the device, the real start.
package paceline.actions.activity_read_original

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility

# The owner gets back what they uploaded.
allow contains "activity-read-original-owner" if relations.isOwner

# Whoever may read it is told that they may not do this; to all others it isn't there.
default reveal := false

reveal if {
	visibility.isShared
	not concealment.isConcealed
}

decision := verdict.of(allow, concealment.deny, reveal, set())
