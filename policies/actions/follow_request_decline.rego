# METADATA
# title: Declining a follow request
# custom:
#   threat: Somebody else declines.
package paceline.actions.follow_request_decline

import data.paceline.relations
import data.paceline.verdict

# Whoever was asked declines.
allow contains "follow-request-decline-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
