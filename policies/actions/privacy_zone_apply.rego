# METADATA
# title: Applying privacy zones
# custom:
#   threat: What an athlete hides is worked with by somebody who only asks.
package paceline.actions.privacy_zone_apply

import data.paceline.relations
import data.paceline.verdict

# The worker measures what zones leave visible.
allow contains "privacy-zone-apply-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
