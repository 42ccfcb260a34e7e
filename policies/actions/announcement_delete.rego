# METADATA
# title: Deleting an announcement
# custom:
#   threat: A member silences a club.
package paceline.actions.announcement_delete

import data.paceline.clubs
import data.paceline.relations
import data.paceline.verdict

# Whoever moderates a club deletes what it announced.
allow contains "announcement-delete-moderator" if clubs.moderates

# An author takes back their own, as long as they belong to the club.
allow contains "announcement-delete-author" if {
	relations.isOwner
	clubs.isInside
}

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
