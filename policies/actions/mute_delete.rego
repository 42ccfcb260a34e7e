# METADATA
# title: Lifting a mute
# custom:
#   threat: The answer tells somebody that they were blocked.
package paceline.actions.mute_delete

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete lifts a mute of their own.
allow contains "mute-delete-athlete" if relations.isAthlete

decision := verdict.of(allow, concealment.deny, false, set())
