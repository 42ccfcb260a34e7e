# METADATA
# title: Reading the home feed
# custom:
#   threat: Somebody else reads what an athlete reads. Each activity in it is decided by itself.
package paceline.actions.feed_read

import data.paceline.relations
import data.paceline.verdict

# An athlete reads their own feed.
allow contains "feed-read-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
