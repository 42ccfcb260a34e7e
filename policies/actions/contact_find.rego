# METADATA
# title: Being found by hashed e-mail
# custom:
#   threat: Somebody is found who did not agree, or by an address that is not theirs.
package paceline.actions.contact_find

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete who agreed is found by who knows the address that they have verified.
allow contains "contact-find-agreed" if {
	relations.isAthlete
	not relations.isOwner
	input.facts.isFindableByEmail == true
	input.facts.isEmailVerified == true
}

decision := verdict.of(allow, concealment.deny, false, set())
