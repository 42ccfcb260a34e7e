# METADATA
# title: Reading which kinds of viewers opened an activity
# custom:
#   threat: Somebody finds out who looks at whom.
package paceline.actions.activity_list_viewers

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict
import data.paceline.visibility

# The owner sees who looks at their own.
allow contains "activity-list-viewers-owner" if relations.isOwner

# Whoever may read it is told that they may not do this; to all others it isn't there.
default reveal := false

reveal if {
	visibility.isShared
	not concealment.isConcealed
}

decision := verdict.of(allow, concealment.deny, reveal, set())
