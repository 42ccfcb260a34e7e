# METADATA
# title: Muting
# custom:
#   threat: The answer tells somebody that they were blocked, or whom it concerns that they were muted.
package paceline.actions.mute_create

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete mutes another, followed or not.
allow contains "mute-create-athlete" if relations.isAthlete

# Nobody mutes themselves.
deny contains "deny-self" if relations.isOwner

# Nobody mutes an athlete who is hidden from them.
deny contains reason if some reason in concealment.deny

default reveal := false

reveal if not concealment.isConcealed

decision := verdict.of(allow, deny, reveal, set())
