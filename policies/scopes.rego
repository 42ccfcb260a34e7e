# METADATA
# title: Scopes
# description: |
#   What a token may be used for. A log-in of our own carries `*`; a token of somebody else's app carries some of
#   the others and can only narrow what its athlete may do. Any one of an action's scopes suffices; an action
#   with an empty set needs none. No token of an app carries `system`: that work is done by parts of Paceline.
# custom:
#   threat: An app that was trusted with one thing does another.
package paceline.scopes

needed := {
	"account_change_password": {"account"},
	"account_check_password": {"system"},
	"account_delete": {"account"},
	"account_mail_link": {"system"},
	"account_read": {"account"},
	"account_register": set(),
	"account_request_reset": set(),
	"account_reset_password": set(),
	"account_update": {"account"},
	"account_verify_email": set(),
	"activity_create": {"activity:write"},
	"activity_delete": {"activity:write"},
	"activity_erase": {"system"},
	"activity_list": {"activity:read"},
	"activity_read": {"activity:read"},
	"activity_read_original": {"activity:read"},
	"activity_read_streams": {"activity:read"},
	"activity_update": {"activity:write"},
	"announcement_create": {"club:write"},
	"announcement_delete": {"club:write"},
	"announcement_list": {"club:read"},
	"announcement_read": {"club:read"},
	"athlete_erase": {"system"},
	"athlete_read": {"profile:read"},
	"athlete_search": {"profile:read"},
	"athlete_update": {"profile:write"},
	"block_create": {"follow:write"},
	"block_delete": {"follow:write"},
	"block_list": {"follow:read"},
	"club_accept_link": {"club:write"},
	"club_ask": {"club:write"},
	"club_ban_create": {"club:write"},
	"club_ban_delete": {"club:write"},
	"club_ban_list": {"club:read"},
	"club_close": {"club:write"},
	"club_create": {"club:write"},
	"club_erase": {"system"},
	"club_hand_over": {"club:write"},
	"club_join": {"club:write"},
	"club_leave": {"club:write"},
	"club_link": {"club:write"},
	"club_list_members": {"club:read"},
	"club_list_of_athlete": {"club:read"},
	"club_read": {"club:read"},
	"club_read_feed": {"club:read"},
	"club_request_accept": {"club:write"},
	"club_request_decline": {"club:write"},
	"club_request_list": {"club:read"},
	"club_search": {"club:read"},
	"club_suggest": {"club:read"},
	"club_unlink": {"club:write"},
	"club_update": {"club:write"},
	"contact_find": {"follow:read"},
	"contact_match": {"follow:read"},
	"feed_read": {"activity:read"},
	"feed_read_item": {"activity:read"},
	"follow_create": {"follow:write"},
	"follow_delete": {"follow:write"},
	"follow_list": {"follow:read"},
	"follow_list_mutual": {"follow:read"},
	"follow_path": {"follow:read"},
	"follow_request_accept": {"follow:write"},
	"follow_request_decline": {"follow:write"},
	"follow_request_list": {"follow:read"},
	"follower_remove": {"follow:write"},
	"invitation_accept": {"club:write"},
	"invitation_create": {"club:write"},
	"invitation_delete": {"club:write"},
	"invitation_list": {"club:read"},
	"membership_give_role": {"club:write"},
	"membership_read": {"club:read"},
	"membership_remove": {"club:write"},
	"mute_create": {"follow:write"},
	"mute_delete": {"follow:write"},
	"mute_list": {"follow:read"},
	"role_end": {"roles"},
	"role_grant": {"roles"},
	"role_list": {"roles"},
	"service_read": set(),
	"session_create": set(),
	"session_end": set(),
	"session_refresh": set(),
	"suspension_create": {"moderation"},
	"suspension_delete": {"moderation"},
	"upload_create": {"activity:write"},
	"upload_process": {"system"},
	"upload_read": {"activity:read", "activity:write"},
}

suffice if "*" in input.subject.scopes

suffice if count(needed[input.action]) == 0

suffice if {
	some scope in input.subject.scopes
	scope in needed[input.action]
}
