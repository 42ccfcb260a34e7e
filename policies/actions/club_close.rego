# METADATA
# title: Closing a club
# custom:
#   threat: An admin does away with a club.
package paceline.actions.club_close

import data.paceline.clubs
import data.paceline.verdict

# The owner closes their club.
allow contains "club-close-owner" if clubs.isOwner

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
