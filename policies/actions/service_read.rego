# METADATA
# title: Reading about the service
# custom:
#   threat: Health, keys and documentation need a log-in, and nobody can start.
package paceline.actions.service_read

import data.paceline.verdict

# Everyone reads what describes the service itself.
allow contains "service-read-everyone"

decision := verdict.of(allow, set(), true, set())
