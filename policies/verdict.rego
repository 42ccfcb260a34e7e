# METADATA
# title: Verdict
# description: |
#   How the rules of an action become its decision. `reveal` tells a refused caller that the thing exists;
#   `withhold` names the fields that an allowed one does not get.
# custom:
#   threat: An allow outweighs a deny.
package paceline.verdict

of(allow, deny, reveal, withhold) := {"allowed": true, "revealed": true, "rules": allow, "withheld": withhold} if {
	count(deny) == 0
	count(allow) > 0
} else := {"allowed": false, "revealed": reveal, "rules": deny, "withheld": set()} if {
	count(deny) > 0
} else := {"allowed": false, "revealed": reveal, "rules": {"default-deny"}, "withheld": set()}
