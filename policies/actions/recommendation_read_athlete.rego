# METADATA
# title: Being shown an athlete to follow
# description: |
#   `tie` is what there is between the two already: none, followed, requested, muted or dismissed.
# custom:
#   threat: |
#     Somebody is put before those whom they blocked, or who want nothing of them; who does not want to be recommended
#     is.
package paceline.actions.recommendation_read_athlete

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete is shown others who let themselves be recommended, unless the two have dealt with one another already.
allow contains "recommendation-read-athlete-new" if {
	relations.isAthlete
	not relations.isOwner
	input.facts.isRecommendable == true
	input.facts.tie == "none"
}

decision := verdict.of(allow, concealment.deny, false, set())
