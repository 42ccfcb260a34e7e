# METADATA
# title: Asking how one is connected to an athlete
# description: |
#   The athletes between the two are decided each by itself, as for reading their lists: a follow is shown when one of
#   its ends shows its lists to the caller.
# custom:
#   threat: A closed profile is mapped through paths; a path leads through somebody who was blocked.
package paceline.actions.follow_path

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete asks how they are connected to another.
allow contains "follow-path-athlete" if relations.isAthlete

decision := verdict.of(allow, concealment.deny, false, set())
