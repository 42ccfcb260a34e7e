# METADATA
# title: Announcing something
# custom:
#   threat: Somebody speaks in the name of a club.
package paceline.actions.announcement_create

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club announces things.
allow contains "announcement-create-moderator" if clubs.moderates

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
