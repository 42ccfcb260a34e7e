# METADATA
# title: Removing a member
# custom:
#   threat: A moderator gets rid of an admin, an admin of the owner.
package paceline.actions.membership_remove

import data.paceline.clubs
import data.paceline.verdict

# Whoever moderates a club removes those below them.
allow contains "membership-remove-above" if clubs.isBelowCaller

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
