# METADATA
# title: Reading the follow requests
# custom:
#   threat: Others learn who asked.
package paceline.actions.follow_request_list

import data.paceline.relations
import data.paceline.verdict

# An athlete reads who asked to follow them.
allow contains "follow-request-list-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
