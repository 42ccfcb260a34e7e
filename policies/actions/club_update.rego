# METADATA
# title: Changing a club
# custom:
#   threat: A member renames a club or opens it.
package paceline.actions.club_update

import data.paceline.clubs
import data.paceline.verdict

# Whoever leads a club changes what is said of it.
allow contains "club-update-leader" if clubs.leads

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
