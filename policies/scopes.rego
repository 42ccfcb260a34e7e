# METADATA
# title: Scopes
# description: |
#   What a token may be used for. A log-in of our own carries `*`; a token of somebody else's app carries some of
#   the others and can only narrow what its athlete may do. Any one of an action's scopes suffices; an action
#   with an empty set needs none. No token of an app carries `system`: that work is done by parts of Paceline.
# custom:
#   threat: An app that was trusted with one thing does another.
package paceline.scopes

# A rule for each action, noun by noun: looked up by its name, where one object would be made anew on each evaluation.
needed["account_change_password"] := {"account"}
needed["account_check_password"] := {"system"}
needed["account_delete"] := {"account"}
needed["account_mail_link"] := {"system"}
needed["account_read"] := {"account"}
needed["account_register"] := set()
needed["account_request_reset"] := set()
needed["account_reset_password"] := set()
needed["account_update"] := {"account"}
needed["account_verify_email"] := set()

needed["activity_create"] := {"activity:write"}
needed["activity_delete"] := {"activity:write"}
needed["activity_erase"] := {"system"}
needed["activity_list"] := {"activity:read"}
needed["activity_list_viewers"] := {"activity:read"}
needed["activity_read"] := {"activity:read"}
needed["activity_read_original"] := {"activity:read"}
needed["activity_read_streams"] := {"activity:read"}
needed["activity_update"] := {"activity:write"}

needed["analyst_list_queries"] := {"analyst"}
needed["analyst_run_query"] := {"analyst"}

needed["analyst_copy_refresh"] := {"system"}

needed["announcement_create"] := {"club:write"}
needed["announcement_delete"] := {"club:write"}
needed["announcement_list"] := {"club:read"}
needed["announcement_read"] := {"club:read"}

needed["athlete_erase"] := {"system"}
needed["athlete_read"] := {"profile:read"}
needed["athlete_search"] := {"profile:read"}
needed["athlete_update"] := {"profile:write"}

needed["block_create"] := {"follow:write"}
needed["block_delete"] := {"follow:write"}
needed["block_list"] := {"follow:read"}

needed["club_accept_link"] := {"club:write"}
needed["club_ask"] := {"club:write"}
needed["club_close"] := {"club:write"}
needed["club_create"] := {"club:write"}
needed["club_erase"] := {"system"}
needed["club_hand_over"] := {"club:write"}
needed["club_join"] := {"club:write"}
needed["club_leave"] := {"club:write"}
needed["club_link"] := {"club:write"}
needed["club_list_members"] := {"club:read"}
needed["club_list_of_athlete"] := {"club:read"}
needed["club_read"] := {"club:read"}
needed["club_read_feed"] := {"club:read"}
needed["club_search"] := {"club:read"}
needed["club_suggest"] := {"club:read"}
needed["club_unlink"] := {"club:write"}
needed["club_update"] := {"club:write"}

needed["club_ban_create"] := {"club:write"}
needed["club_ban_delete"] := {"club:write"}
needed["club_ban_list"] := {"club:read"}

needed["club_request_accept"] := {"club:write"}
needed["club_request_decline"] := {"club:write"}
needed["club_request_list"] := {"club:read"}

needed["contact_find"] := {"follow:read"}
needed["contact_match"] := {"follow:read"}

needed["decision_list"] := {"audit"}
needed["decision_read"] := {"audit"}

needed["feed_read"] := {"activity:read"}
needed["feed_read_item"] := {"activity:read"}

needed["follow_create"] := {"follow:write"}
needed["follow_delete"] := {"follow:write"}
needed["follow_list"] := {"follow:read"}
needed["follow_list_mutual"] := {"follow:read"}
needed["follow_path"] := {"follow:read"}

needed["follow_request_accept"] := {"follow:write"}
needed["follow_request_decline"] := {"follow:write"}
needed["follow_request_list"] := {"follow:read"}

needed["follower_remove"] := {"follow:write"}

needed["habit_update"] := {"system"}

needed["invitation_accept"] := {"club:write"}
needed["invitation_create"] := {"club:write"}
needed["invitation_delete"] := {"club:write"}
needed["invitation_list"] := {"club:read"}

needed["membership_give_role"] := {"club:write"}
needed["membership_read"] := {"club:read"}
needed["membership_remove"] := {"club:write"}

needed["model_build"] := {"system"}

needed["mute_create"] := {"follow:write"}
needed["mute_delete"] := {"follow:write"}
needed["mute_list"] := {"follow:read"}

needed["privacy_zone_apply"] := {"system"}
needed["privacy_zone_create"] := {"account"}
needed["privacy_zone_delete"] := {"account"}
needed["privacy_zone_list"] := {"account"}
needed["privacy_zone_read"] := {"account"}
needed["privacy_zone_update"] := {"account"}

needed["recommendation_click"] := {"follow:write"}
needed["recommendation_dismiss"] := {"follow:write"}
needed["recommendation_list"] := {"follow:read"}
needed["recommendation_read_athlete"] := {"follow:read"}
needed["recommendation_read_club"] := {"follow:read"}
needed["recommendation_read_partner"] := {"follow:read"}
needed["recommendation_record"] := {"system"}
needed["recommendation_suggest"] := {"system"}

needed["role_end"] := {"roles"}
needed["role_grant"] := {"roles"}
needed["role_list"] := {"roles"}

needed["service_read"] := set()

needed["session_create"] := set()
needed["session_end"] := set()
needed["session_refresh"] := set()

needed["suspension_create"] := {"moderation"}
needed["suspension_delete"] := {"moderation"}

needed["upload_create"] := {"activity:write"}
needed["upload_process"] := {"system"}
needed["upload_read"] := {"activity:read", "activity:write"}

needed["village_seed"] := {"system"}

suffice if "*" in input.subject.scopes

suffice if count(needed[input.action]) == 0

suffice if {
	some scope in input.subject.scopes
	scope in needed[input.action]
}
