# METADATA
# title: Processing an upload
# custom:
#   threat: A file is turned into an activity by somebody who may not.
package paceline.actions.upload_process

import data.paceline.relations
import data.paceline.verdict

# The worker turns files into activities.
allow contains "upload-process-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
