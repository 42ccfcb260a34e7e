# METADATA
# title: Building the nightly model
# custom:
#   threat: Somebody overwrites what recommendations are made of.
package paceline.actions.model_build

import data.paceline.relations
import data.paceline.verdict

# The worker finds out every night who belongs together.
allow contains "model-build-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
