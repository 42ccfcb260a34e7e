# METADATA
# title: Following
# custom:
#   threat: Somebody who was blocked comes back; counts are inflated.
package paceline.actions.follow_create

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete follows another, or asks to.
allow contains "follow-create-athlete" if relations.isAthlete

# Nobody follows themselves.
deny contains "deny-self" if relations.isOwner

# Nobody follows an athlete who is hidden from them.
deny contains reason if some reason in concealment.deny

default reveal := false

reveal if not concealment.isConcealed

decision := verdict.of(allow, deny, reveal, set())
