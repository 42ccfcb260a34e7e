# METADATA
# title: Reading a privacy zone
# custom:
#   threat: Somebody learns where an athlete lives from what they hide.
package paceline.actions.privacy_zone_read

import data.paceline.relations
import data.paceline.verdict

# An athlete reads what they hide.
allow contains "privacy-zone-read-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
