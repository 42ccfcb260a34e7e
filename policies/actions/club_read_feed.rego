# METADATA
# title: Reading the feed of a club
# custom:
#   threat: What members do reaches outsiders. Each activity is decided by itself.
package paceline.actions.club_read_feed

import data.paceline.clubs
import data.paceline.verdict

# Members see what members do.
allow contains "club-read-feed-member" if clubs.isInside

# Of a public club athletes see it without joining.
allow contains "club-read-feed-open" if clubs.isOpenToVisitors

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
