# METADATA
# title: Withholding
# description: |
#   What of an allowed activity or profile is kept from the caller. A part is never wider than the whole: who may not
#   see the activity gets nothing of it, and of the others each part goes to whom it is shared with.
#   `policies/parts.ts` says which fields a part is.
# custom:
#   threat: |
#     Heart rate, power, home or habits of an athlete reach somebody whom they showed the rest; or the answer tells
#     that there is something to hide.
package paceline.withholding

import data.paceline.relations
import data.paceline.visibility

# Which file it was made from, and what is shared with whom, concerns nobody but the owner.
activity contains part if {
	not relations.isOwner
	some part in {"settings", "uploadId"}
}

# Others see the figures of what privacy zones leave visible.
activity contains "whole" if not relations.isOwner

# A part reaches those with whom it is shared; the time zone as on the profile, or each activity would tell it.
activity contains part if {
	not relations.isOwner
	some part in (partsOfActivity - sharedOfActivity)
}

# Of an athlete who hides when they started, others see the day.
activity contains "startTime" if {
	not relations.isOwner
	not showsStartTime
}

# After a change of zones nothing that depends on them is shown until it was worked out anew.
activity contains part if {
	not relations.isOwner
	not areZonesApplied
	some part in {"map", "startTime", "totals"}
}

partsOfActivity := {"cadence", "heartRate", "map", "power", "temperature", "timeZone"}

visibilityOfPart := {
	"cadence": "cadenceVisibility",
	"heartRate": "heartRateVisibility",
	"map": "mapVisibility",
	"power": "powerVisibility",
	"temperature": "temperatureVisibility",
	"timeZone": "timeZoneVisibility",
}

sharedOfActivity contains part if {
	some part, fact in visibilityOfPart
	input.facts[fact] in visibility.circles
}

showsStartTime if input.facts.hidesStartTime == false

areZonesApplied if input.facts.zonesArePending == false

# How to reach an athlete, when they were born and what they set concerns nobody else.
athlete contains part if {
	not relations.isOwner
	some part in {"birthDate", "email", "emailVerifiedAt", "settings"}
}

# A part of a profile reaches those with whom it is shared; what was never shared is for the athlete alone.
athlete contains part if {
	not relations.isOwner
	some part in (partsOfAthlete - sharedOfAthlete)
}

partsOfAthlete := {"age", "bodyMass", "heartRateLimits", "sex", "thresholds", "timeZone"}

visibilityOfAthletePart := {
	"age": "ageVisibility",
	"bodyMass": "bodyMassVisibility",
	"heartRateLimits": "heartRateLimitsVisibility",
	"sex": "sexVisibility",
	"thresholds": "thresholdsVisibility",
	"timeZone": "timeZoneVisibility",
}

sharedOfAthlete contains part if {
	some part, fact in visibilityOfAthletePart
	input.facts[fact] in visibility.circles
}
