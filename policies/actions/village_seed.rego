# METADATA
# title: Filling the graph with a generated village
# custom:
#   threat: A client makes up athletes and what they did.
package paceline.actions.village_seed

import data.paceline.relations
import data.paceline.verdict

# Whoever has the keys of the stores may fill them; no client may.
allow contains "village-seed-script" if relations.isSystem("seed")

decision := verdict.of(allow, set(), false, set())
