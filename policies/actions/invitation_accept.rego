# METADATA
# title: Accepting an invitation
# custom:
#   threat: Somebody who was banned comes back through an invitation.
package paceline.actions.invitation_accept

import data.paceline.clubs
import data.paceline.verdict

# Whoever brings an invitation joins.
allow contains "invitation-accept-invited" if clubs.isInvited

# Whoever belongs to the club already needs none, and uses none up.
allow contains "invitation-accept-member" if clubs.isInside

# Whoever is banned stays out, also below.
deny contains "deny-club-banned" if clubs.isBanned

# The invitation says what it is to.
decision := verdict.of(allow, deny, true, set())
