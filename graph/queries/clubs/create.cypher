// Makes a club with its owner. With an id that is there already it changes nothing.
// in:  clubId STRING, athleteId STRING (the owner), properties MAP {name STRING, visibility STRING,
//      description STRING?, sport STRING?, place STRING?}, now DATETIME
// out: clubId STRING; no row when the athlete is gone
MATCH (owner:Athlete {athleteId: $athleteId})
WHERE owner.deletedAt IS NULL
MERGE (club:Club {clubId: $clubId})
ON CREATE SET
  club += $properties,
  club.createdAt = $now,
  club.version = 1
MERGE (owner)-[membership:MEMBER_OF]->(club)
ON CREATE SET
  membership.athleteId = $athleteId,
  membership.clubId = $clubId,
  membership.role = 'owner',
  membership.since = $now
RETURN club.clubId AS clubId
