# METADATA
# title: Listing privacy zones
# custom:
#   threat: Somebody learns where an athlete lives from the list of what they hide.
package paceline.actions.privacy_zone_list

import data.paceline.relations
import data.paceline.verdict

# An athlete reads what they hide.
allow contains "privacy-zone-list-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
