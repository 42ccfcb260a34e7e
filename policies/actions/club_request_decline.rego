# METADATA
# title: Declining a request to join
# custom:
#   threat: A member keeps others out.
package paceline.actions.club_request_decline

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club declines requests.
allow contains "club-request-decline-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
