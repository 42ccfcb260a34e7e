# METADATA
# title: Accepting a follow request
# custom:
#   threat: Somebody lets themselves in.
package paceline.actions.follow_request_accept

import data.paceline.relations
import data.paceline.verdict

# Whoever was asked accepts.
allow contains "follow-request-accept-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
