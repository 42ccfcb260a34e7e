# METADATA
# title: Giving a role
# custom:
#   threat: Somebody makes themselves or a friend what they may not make; an admin dethrones the owner.
package paceline.actions.membership_give_role

import data.paceline.clubs
import data.paceline.verdict

# Whoever leads a club makes members admins, moderators or plain members, and the reverse. Admins are equals: any of
# them may make and unmake another.
allow contains "membership-give-role-leader" if {
	clubs.leads
	input.facts.targetRole in {"admin", "moderator", "member"}
	input.facts.newRole in {"admin", "moderator", "member"}
}

# Whoever is no member has no role to give.
allow contains "membership-give-role-nobody" if {
	clubs.leads
	input.facts.targetRole in {"none", "pending"}
	input.facts.newRole in {"admin", "moderator", "member"}
}

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
