# METADATA
# title: Noting what came of a recommendation
# custom:
#   threat: Somebody keeps what others did with what they were shown, for more than counting it.
package paceline.actions.recommendation_record

import data.paceline.relations
import data.paceline.verdict

# The worker counts follows, joins and dismissals.
allow contains "recommendation-record-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
