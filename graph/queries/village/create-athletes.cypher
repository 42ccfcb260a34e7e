// Makes athletes of the generated village with their accounts and what they did, all at once.
// in:  villagers LIST<MAP> ({athlete: properties of Athlete, account: properties of Account, wrappedKey,
//      activities: properties of each Activity}; see graph/model.md)
// out: made INTEGER
UNWIND $villagers AS villager
CREATE (athlete:Athlete)-[:KEEPS]->(:AthleteKey {
  athleteId: villager.athlete.athleteId,
  wrapped: villager.wrappedKey
})
CREATE (account:Account)-[:OPENS]->(athlete)
SET athlete = villager.athlete, account = villager.account
FOREACH (properties IN villager.activities |
  CREATE (athlete)-[:PERFORMED]->(activity:Activity)
  SET activity = properties
)
RETURN count(*) AS made
