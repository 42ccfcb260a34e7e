# METADATA
# title: Being shown an athlete to train with
# description: Whether one follows the other makes no difference.
# custom:
#   threat: |
#     Somebody learns when and where another trains who has not asked for company; somebody is put before those whom
#     they blocked.
package paceline.actions.recommendation_read_partner

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# Two who look for company are shown to one another, unless the caller wants nothing of the other.
allow contains "recommendation-read-partner-both-open" if {
	relations.isAthlete
	not relations.isOwner
	input.facts.isOpenToTraining == true
	input.facts.isCallerOpenToTraining == true
	input.facts.isMuted == false
	input.facts.isDismissed == false
}

decision := verdict.of(allow, concealment.deny, false, set())
