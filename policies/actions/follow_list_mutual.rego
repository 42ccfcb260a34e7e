# METADATA
# title: Listing followers whom one knows
# description: |
#   Those whom the caller follows and who follow the athlete. The caller may read of each of them whom they follow, so a
#   closed profile keeps nothing back that they could not read there.
# custom:
#   threat: A block is undone by asking for common friends. Each athlete in the list is decided by itself.
package paceline.actions.follow_list_mutual

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete asks which of those whom they follow also follow this one.
allow contains "follow-list-mutual-athlete" if relations.isAthlete

decision := verdict.of(allow, concealment.deny, false, set())
