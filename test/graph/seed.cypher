// A little of everything that the queries ask about, for a transaction that is rolled back.
CREATE (vera:Athlete {athleteId: '00000000-0000-7000-8000-00000000000a', displayName: 'Vera of the seed', approvesFollowers: false, defaultVisibility: 'followers', createdAt: datetime('2026-01-05T08:00:00Z'), version: 1})
CREATE (tom:Athlete {athleteId: '00000000-0000-7000-8000-00000000000b', displayName: 'Tom of the seed', approvesFollowers: true, defaultVisibility: 'everyone', createdAt: datetime('2026-02-05T08:00:00Z'), version: 1})
CREATE (ines:Athlete {athleteId: '00000000-0000-7000-8000-00000000000c', displayName: 'Ines of the seed', approvesFollowers: false, defaultVisibility: 'everyone', createdAt: datetime('2026-02-05T08:00:00Z'), version: 1})
FOREACH (athlete IN [vera, tom, ines] |
  CREATE (athlete)-[:KEEPS]->(:AthleteKey {athleteId: athlete.athleteId})
  CREATE (athlete)<-[:OPENS]-(:Account {athleteId: athlete.athleteId, emailHash: athlete.athleteId, passwordHash: 'none'})
  CREATE (athlete)<-[:OF]-(:Session {sessionId: athlete.athleteId, generation: 0, createdAt: athlete.createdAt, refreshedAt: athlete.createdAt, expiresAt: datetime('2099-01-01T00:00:00Z')})
  FOREACH (day IN [1, 2, 3] |
    CREATE (athlete)-[:PERFORMED]->(:Activity {activityId: athlete.athleteId + toString(day), athleteId: athlete.athleteId, name: 'Ride', sport: 'ride', visibility: 'everyone', startedAt: datetime({year: 2026, month: 5, day: day}), timeZone: 'Europe/Zurich', elapsedSeconds: 60.0, source: 'manual', channels: [], createdAt: datetime('2026-05-09T08:00:00Z'), version: 1})
  )
)
FOREACH (pair IN [[vera, tom], [vera, ines], [tom, ines], [ines, vera]] |
  FOREACH (follower IN [pair[0]] | FOREACH (followee IN [pair[1]] |
    CREATE (follower)-[:FOLLOWS {followerId: follower.athleteId, followeeId: followee.athleteId, since: datetime('2026-05-01T08:00:00Z')}]->(followee)
  ))
)
CREATE (ines)-[:REQUESTS {followerId: ines.athleteId, followeeId: tom.athleteId, since: datetime('2026-05-01T08:00:00Z')}]->(tom)
CREATE (club:Club {clubId: '00000000-0000-7000-8000-00000000000d', name: 'Club of the seed', visibility: 'public', sport: 'ride', createdAt: datetime('2026-05-01T08:00:00Z'), version: 1})
FOREACH (athlete IN [vera, ines] |
  CREATE (athlete)-[:MEMBER_OF {athleteId: athlete.athleteId, clubId: club.clubId, role: 'owner', since: datetime('2026-05-01T08:00:00Z')}]->(club)
)
CREATE (tom)-[:UPLOADED]->(:Upload {uploadId: '00000000-0000-7000-8000-00000000000e', athleteId: tom.athleteId, status: 'ready', createdAt: datetime('2026-05-01T08:00:00Z')})
CREATE (:Event {eventId: '00000000-0000-7000-8000-00000000000f', type: 'none', key: 'none', payload: '{}', createdAt: datetime('2026-05-01T08:00:00Z')})
RETURN vera.athleteId AS athleteId
