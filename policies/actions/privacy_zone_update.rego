# METADATA
# title: Changing a privacy zone
# custom:
#   threat: Somebody moves a zone away from where its athlete lives.
package paceline.actions.privacy_zone_update

import data.paceline.relations
import data.paceline.verdict

# An athlete changes what they hide.
allow contains "privacy-zone-update-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
