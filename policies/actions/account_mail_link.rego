# METADATA
# title: Mailing a single-use link
# custom:
#   threat: An address is decrypted for anything else.
package paceline.actions.account_mail_link

import data.paceline.relations
import data.paceline.verdict

# The worker decrypts an address to send a link there.
allow contains "account-mail-link-worker" if relations.isSystem("worker")

decision := verdict.of(allow, set(), false, set())
