# METADATA
# title: Entry points
# description: |
#   `admit` answers before anything is read, from the caller alone. `decisions` answers a page of things in one
#   call: admission once, then the package of the action for each item. An allow counts only without a deny.
# custom:
#   threat: A route forgets a rule that every route must keep.
package paceline

import data.paceline.admission

# METADATA
# entrypoint: true
admit := refusal if {
	admission.isRefused
} else := {"allowed": true, "revealed": true, "rules": {"admitted"}, "withheld": set()}

# METADATA
# entrypoint: true
decisions := [refusal | some _ in input.items] if {
	admission.isRefused
} else := [decision |
	# `with` would also replace the input that this reads.
	action := input.action
	some item in input.items
	decision := data.paceline.actions[action].decision with input as {
		"subject": input.subject,
		"resource": item.resource,
		"facts": item.facts,
	}
]

# What a caller may not do at all says nothing about the thing they asked for.
refusal := {"allowed": false, "revealed": true, "rules": admission.deny, "withheld": set()}
