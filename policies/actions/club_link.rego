# METADATA
# title: Putting a club below another
# custom:
#   threat: A member gives a club away.
package paceline.actions.club_link

import data.paceline.clubs
import data.paceline.verdict

# Whoever leads a club puts it below another, if that one takes it.
allow contains "club-link-leader" if clubs.leads

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
