# METADATA
# title: Taking an invitation back
# custom:
#   threat: A member takes back what a moderator gave out.
package paceline.actions.invitation_delete

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club takes invitations back.
allow contains "invitation-delete-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
