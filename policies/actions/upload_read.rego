# METADATA
# title: Reading an upload
# custom:
#   threat: Somebody else sees a recording before it is an activity.
package paceline.actions.upload_read

import data.paceline.relations
import data.paceline.verdict

# An athlete follows their own upload.
allow contains "upload-read-own" if relations.actsForThemselves

decision := verdict.of(allow, set(), false, set())
