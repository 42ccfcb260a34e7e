// Whether this is a graph in which people have accounts, so no copy for analysts.
// in:
// out: isLive BOOLEAN
RETURN EXISTS { (:Account) } OR EXISTS { (:AthleteKey) } AS isLive
