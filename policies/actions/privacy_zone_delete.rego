# METADATA
# title: Deleting a privacy zone
# custom:
#   threat: Somebody shows what its athlete hides.
package paceline.actions.privacy_zone_delete

import data.paceline.relations
import data.paceline.verdict

# An athlete shows again what they hid.
allow contains "privacy-zone-delete-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
