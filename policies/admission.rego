# METADATA
# title: Admission
# description: What the caller alone decides, whatever the thing is.
# custom:
#   threat: |
#     A session that was ended, a suspended athlete or an app with a narrow token acts on; a part of Paceline
#     does what another part may do.
package paceline.admission

import data.paceline.scopes

# What nobody needs to log in for, and what a stale token must not prevent.
openDoors := {
	"account_register",
	"account_request_reset",
	"account_reset_password",
	"account_verify_email",
	"service_read",
	"session_create",
	"session_refresh",
}

# What may be shared with everyone, and so with those who are not logged in.
openToReaders := {
	"activity_list",
	"activity_read",
	"activity_read_streams",
	"athlete_read",
	"club_read",
}

# What each part of Paceline does by itself. Nothing else, whatever an action's own rules say.
systems := {
	"accounts": {"account_check_password"},
	"command": {"analyst_copy_refresh", "role_grant"},
	"seed": {"village_seed"},
	"worker": {
		"account_mail_link",
		"activity_erase",
		"athlete_erase",
		"club_erase",
		"habit_update",
		"model_build",
		"privacy_zone_apply",
		"recommendation_record",
		"recommendation_suggest",
		"upload_process",
	},
}

isRefused if some _ in deny

# An action that the scopes don't name is none of ours.
deny contains "deny-unknown-action" if not scopes.needed[input.action]

# Whoever asks is of a kind that we know.
deny contains "deny-unknown-subject" if not isKnownKind

# Most things ask for a log-in.
deny contains "deny-anonymous" if {
	input.subject.kind == "anonymous"
	not isOpenDoor
	not isOpenToReaders
}

# Logging out acts at once.
deny contains "standing-ended" if {
	isSession
	input.subject.standing == "ended"
}

# A session ends by itself in the end.
deny contains "standing-expired" if {
	isSession
	input.subject.standing == "expired"
}

# A suspended athlete does nothing.
deny contains "standing-suspended" if {
	isSession
	input.subject.standing == "suspended"
}

# A standing that nobody read is none.
deny contains "standing-unknown" if {
	isSession
	not isKnownStanding
}

# A token does what its scopes say and no more.
deny contains "deny-scope" if {
	input.subject.kind == "athlete"
	not scopes.suffice
}

# A part of Paceline does only its own work.
deny contains "deny-system" if {
	input.subject.kind == "system"
	not isOwnWork
}

# Somebody who acts through a session; at an open door its standing does not matter.
isSession if {
	input.subject.kind == "athlete"
	not isOpenDoor
}

# Names of their own, because `not x in y` is no answer at all where x or y is missing.
isKnownKind if input.subject.kind in {"anonymous", "athlete", "system"}

isKnownStanding if input.subject.standing in {"active", "ended", "expired", "suspended"}

isOpenDoor if input.action in openDoors

isOpenToReaders if input.action in openToReaders

isOwnWork if input.action in systems[input.subject.name]
