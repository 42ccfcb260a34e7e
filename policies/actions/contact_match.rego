# METADATA
# title: Looking for athletes by hashed e-mail
# custom:
#   threat: |
#     A list of addresses is tried out. Whoever asks is bound to an address of their own; each athlete found is decided
#     by itself, and questions are few.
package paceline.actions.contact_match

import data.paceline.relations
import data.paceline.verdict

# An athlete who has verified their address looks for others by theirs.
allow contains "contact-match-verified" if {
	relations.isOwner
	input.facts.isEmailVerified == true
}

# It is about the caller alone, so they may know why not.
decision := verdict.of(allow, set(), true, set())
