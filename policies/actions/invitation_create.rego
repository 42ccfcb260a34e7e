# METADATA
# title: Inviting into a club
# custom:
#   threat: A member opens a closed club.
package paceline.actions.invitation_create

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club invites into it.
allow contains "invitation-create-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
