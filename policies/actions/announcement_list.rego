# METADATA
# title: Listing the announcements of a club
# custom:
#   threat: Outsiders read what a closed club tells its members.
package paceline.actions.announcement_list

import data.paceline.clubs
import data.paceline.verdict

# Members read what their club announces.
allow contains "announcement-list-member" if clubs.isInside

# Of a public club athletes see it without joining.
allow contains "announcement-list-open" if clubs.isOpenToVisitors

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
