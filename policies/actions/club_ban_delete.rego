# METADATA
# title: Lifting a ban
# custom:
#   threat: A member brings back who was banned.
package paceline.actions.club_ban_delete

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club lifts bans.
allow contains "club-ban-delete-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
