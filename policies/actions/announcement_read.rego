# METADATA
# title: Reading an announcement
# custom:
#   threat: Outsiders read what a closed club tells its members; whoever was blocked reads the name of who blocks them.
package paceline.actions.announcement_read

import data.paceline.clubs
import data.paceline.concealment
import data.paceline.verdict

# Members read what their club announces.
allow contains "announcement-read-member" if clubs.isInside

# Of a public club athletes read it without joining.
allow contains "announcement-read-open" if clubs.isOpenToVisitors

# The club speaks; who wrote it is hidden like any athlete.
withhold contains "author" if concealment.isConcealed

decision := verdict.of(allow, set(), false, withhold)
