# METADATA
# title: Leaving the club above
# custom:
#   threat: A member takes a club out of its federation.
package paceline.actions.club_unlink

import data.paceline.clubs
import data.paceline.verdict

# Whoever leads a club takes it out of the hierarchy.
allow contains "club-unlink-leader" if clubs.leads

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
