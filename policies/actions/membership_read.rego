# METADATA
# title: Seeing that an athlete belongs to a club
# custom:
#   threat: Who belongs to a secret or closed club shows outside it.
package paceline.actions.membership_read

import data.paceline.clubs
import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# Athletes see where they belong themselves.
allow contains "membership-read-self" if relations.isOwner

# Members see who belongs to their club.
allow contains "membership-read-member" if {
	not relations.isOwner
	clubs.isInside
}

# Of a public club every athlete sees it.
allow contains "membership-read-open" if {
	not relations.isOwner
	clubs.isOpenToVisitors
}

decision := verdict.of(allow, concealment.deny, false, set())
