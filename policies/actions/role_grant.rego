# METADATA
# title: Granting a role
# custom:
#   threat: |
#     Somebody makes themselves an administrator, or keeps a role by prolonging it themselves; a role goes to an
#     account that is suspended.
package paceline.actions.role_grant

import data.paceline.relations
import data.paceline.verdict

roles := {"admin", "analyst", "auditor", "moderator", "operator"}

# An administrator grants roles to others.
allow contains "role-grant-admin" if relations.hasRole("admin")

# Who runs the service makes the first administrator, from the command line.
allow contains "role-grant-command" if relations.isSystem("command")

# Nobody grants themselves anything.
deny contains "deny-self" if relations.isOwner

# Nobody who is gone gets a role.
deny contains "deny-owner-gone" if not isThere

# There are no other roles.
deny contains "deny-role-unknown" if not isRole

isThere if input.facts.ownerStanding == "active"

isRole if input.facts.newRole in roles

default reveal := false

reveal if relations.hasRole("admin")

decision := verdict.of(allow, deny, reveal, set())
