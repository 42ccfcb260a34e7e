# METADATA
# title: Making a privacy zone
# custom:
#   threat: Somebody hides or shows places of another.
package paceline.actions.privacy_zone_create

import data.paceline.relations
import data.paceline.verdict

# An athlete hides their own places.
allow contains "privacy-zone-create-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
