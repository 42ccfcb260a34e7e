# METADATA
# title: Listing who asks to join
# custom:
#   threat: Members learn who was kept waiting.
package paceline.actions.club_request_list

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club sees who asks to join.
allow contains "club-request-list-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
