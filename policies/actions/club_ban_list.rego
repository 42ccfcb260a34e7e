# METADATA
# title: Listing who is banned
# custom:
#   threat: Members learn who was banned.
package paceline.actions.club_ban_list

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club sees who is banned.
allow contains "club-ban-list-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
