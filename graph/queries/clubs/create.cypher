// Makes a club with its owner. With an id that is there already it changes nothing.
// in:  clubId STRING, athleteId STRING (the owner), properties MAP {name STRING, visibility STRING,
//      description STRING?, sport STRING?, place STRING?}, now DATETIME
// out: clubId STRING; no row when the athlete is gone
MATCH (owner:Athlete {athleteId: $athleteId})
WHERE owner.deletedAt IS NULL
OPTIONAL MATCH (known:Club {clubId: $clubId})
// Only with the club: whoever has handed it over since is its owner no longer.
FOREACH (ignored IN CASE WHEN known IS NULL THEN [1] ELSE [] END |
  CREATE (owner)-[membership:MEMBER_OF]->(club:Club {clubId: $clubId})
  SET club += $properties,
      club.createdAt = $now,
      club.version = 1,
      membership.athleteId = $athleteId,
      membership.clubId = $clubId,
      membership.role = 'owner',
      membership.since = $now
)
RETURN $clubId AS clubId
