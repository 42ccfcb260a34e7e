# METADATA
# title: Deleting an activity
# custom:
#   threat: Somebody else deletes it.
package paceline.actions.activity_delete

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility

# The owner deletes their own.
allow contains "activity-delete-owner" if relations.isOwner

# Whoever may read it is told that they may not do this; to all others it isn't there.
default reveal := false

reveal if {
	visibility.isShared
	not concealment.isConcealed
}

decision := verdict.of(allow, concealment.deny, reveal, set())
