# METADATA
# title: Listing the activities of an athlete
# custom:
#   threat: The list tells more than its activities do. Each activity in it is decided by itself.
package paceline.actions.activity_list

import data.paceline.concealment
import data.paceline.relations
import data.paceline.verdict

# An athlete lists their own.
allow contains "activity-list-owner" if relations.isOwner

# Everyone may ask for a list; it holds what they may read.
allow contains "activity-list-everyone" if not relations.isOwner

decision := verdict.of(allow, concealment.deny, false, set())
