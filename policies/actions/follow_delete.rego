# METADATA
# title: Unfollowing
# custom:
#   threat: The answer tells somebody that they were blocked.
package paceline.actions.follow_delete

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete stops following, or takes back a request.
allow contains "follow-delete-athlete" if relations.isAthlete

decision := verdict.of(allow, concealment.deny, false, set())
