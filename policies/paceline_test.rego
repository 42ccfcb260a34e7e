package paceline_test

import data.paceline

ava := {"kind": "athlete", "athleteId": "ava", "standing": "active", "scopes": ["*"]}

item := {
	"resource": {"kind": "activity", "ownerId": "ava"},
	"facts": {"visibility": "onlyMe", "isBlocked": false, "ownerStanding": "active"},
}

# One answer per item, in their order.
test_decides_each_item if {
	bens := {"resource": {"kind": "activity", "ownerId": "ben"}, "facts": item.facts}
	[mine, other] := paceline.decisions with input as {
		"action": "activity_read",
		"subject": ava,
		"items": [item, bens],
	}
	mine.rules == {"activity-read-owner"}
	other.rules == {"default-deny"}
}

test_admits_by_the_caller_alone if {
	paceline.admit.allowed with input as {"action": "activity_read", "subject": ava}
}

test_refuses_an_action_that_is_none_of_ours if {
	question := {"action": "activity_steal", "subject": ava, "items": [item, item]}
	refusal := {"allowed": false, "revealed": true, "rules": {"deny-unknown-action"}, "withheld": set()}
	paceline.admit == refusal with input as question
	paceline.decisions == [refusal, refusal] with input as question
}

test_refuses_a_caller_of_whom_nothing_is_known if {
	paceline.admit.rules == {"deny-unknown-subject"} with input as {"action": "service_read"}
	paceline.admit.rules == {"deny-unknown-subject"} with input as {"action": "service_read", "subject": {}}
}

test_decides_nothing_for_nothing if {
	paceline.decisions == [] with input as {"action": "activity_read", "subject": ava, "items": []}
}
