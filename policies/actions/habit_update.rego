# METADATA
# title: Working out what somebody does again and again
# custom:
#   threat: Somebody draws up when and where another trains.
package paceline.actions.habit_update

import data.paceline.relations
import data.paceline.verdict

# The worker does it for athletes who look for company.
allow contains "habit-update-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
