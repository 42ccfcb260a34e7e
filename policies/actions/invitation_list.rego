# METADATA
# title: Listing invitations
# custom:
#   threat: Members see which doors are open.
package paceline.actions.invitation_list

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club sees its invitations.
allow contains "invitation-list-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
