# METADATA
# title: Taking a club below
# custom:
#   threat: A club is put below one that does not want it.
package paceline.actions.club_accept_link

import data.paceline.clubs
import data.paceline.verdict

# Whoever leads a club says which clubs stand below it, and sees which ask to.
allow contains "club-accept-link-leader" if clubs.leads

# That the club exists is no secret to whoever sees it.
default reveal := false

reveal if clubs.isSeen

decision := verdict.of(allow, set(), reveal, set())
