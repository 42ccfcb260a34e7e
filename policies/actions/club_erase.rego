# METADATA
# title: Clearing away a closed club
# custom:
#   threat: Somebody empties a club that is still there.
package paceline.actions.club_erase

import data.paceline.relations
import data.paceline.verdict

# The worker clears away closed clubs, and hands over those whose owner was deleted.
allow contains "club-erase-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
