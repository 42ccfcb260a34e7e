# METADATA
# title: Editing an activity
# custom:
#   threat: Somebody else edits it, or opens it to everyone.
package paceline.actions.activity_update

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility

# The owner edits their own.
allow contains "activity-update-owner" if relations.isOwner

# Whoever may read it is told that they may not do this; to all others it isn't there.
default reveal := false

reveal if {
	visibility.isShared
	not concealment.isConcealed
}

decision := verdict.of(allow, concealment.deny, reveal, set())
