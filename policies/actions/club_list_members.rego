# METADATA
# title: Listing the members of a club
# custom:
#   threat: A closed club is mapped through its members. Each member is decided by themselves.
package paceline.actions.club_list_members

import data.paceline.clubs
import data.paceline.verdict

# Members see who belongs to their club and to the clubs below it.
allow contains "club-list-members-member" if clubs.isInside

# Of a public club athletes see it without joining.
allow contains "club-list-members-open" if clubs.isOpenToVisitors

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
