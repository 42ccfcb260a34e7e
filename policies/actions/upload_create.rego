# METADATA
# title: Uploading
# custom:
#   threat: Recordings appear under somebody else's name.
package paceline.actions.upload_create

import data.paceline.relations
import data.paceline.verdict

# An athlete uploads for themselves.
allow contains "upload-create-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
