// Athletes, the accounts that open them, their sessions, whom they follow, and the outbox.
CREATE CONSTRAINT athlete_id IF NOT EXISTS
FOR (athlete:Athlete) REQUIRE athlete.athleteId IS UNIQUE;

CREATE CONSTRAINT athlete_key_athlete_id IF NOT EXISTS
FOR (key:AthleteKey) REQUIRE key.athleteId IS UNIQUE;

CREATE CONSTRAINT account_athlete_id IF NOT EXISTS
FOR (account:Account) REQUIRE account.athleteId IS UNIQUE;

// Decides between two who register the same address at once.
CREATE CONSTRAINT account_email_hash IF NOT EXISTS
FOR (account:Account) REQUIRE account.emailHash IS UNIQUE;

CREATE CONSTRAINT session_id IF NOT EXISTS
FOR (session:Session) REQUIRE session.sessionId IS UNIQUE;

CREATE CONSTRAINT link_hash IF NOT EXISTS
FOR (link:Link) REQUIRE link.linkHash IS UNIQUE;

// A page of followers or of followed athletes comes out of the index in order: at 300,000 followers 1.6 ms instead of
// 104 ms for expanding and sorting all of them.
CREATE INDEX follows_by_followee IF NOT EXISTS
FOR ()-[follow:FOLLOWS]-() ON (follow.followeeId, follow.since);

CREATE INDEX follows_by_follower IF NOT EXISTS
FOR ()-[follow:FOLLOWS]-() ON (follow.followerId, follow.since);

CREATE INDEX requests_by_followee IF NOT EXISTS
FOR ()-[request:REQUESTS]-() ON (request.followeeId, request.since);

// Whether one asks or blocks another is one seek, however many either of them has.
CREATE INDEX requests_by_pair IF NOT EXISTS
FOR ()-[request:REQUESTS]-() ON (request.followeeId, request.followerId);

CREATE INDEX blocks_by_pair IF NOT EXISTS
FOR ()-[block:BLOCKS]-() ON (block.blockerId, block.blockedId);

CREATE INDEX blocks_by_blocker IF NOT EXISTS
FOR ()-[block:BLOCKS]-() ON (block.blockerId, block.since);

// Folding: whoever types "jose" finds José.
CREATE FULLTEXT INDEX athlete_names IF NOT EXISTS
FOR (athlete:Athlete) ON EACH [athlete.displayName]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

// Only deleted athletes carry it, so the sweeper reads a handful of nodes.
CREATE INDEX athlete_deleted_at IF NOT EXISTS
FOR (athlete:Athlete) ON (athlete.deletedAt);

CREATE CONSTRAINT event_id IF NOT EXISTS
FOR (event:Event) REQUIRE event.eventId IS UNIQUE;

// The relay reads events in the order of their making.
CREATE INDEX event_created_at IF NOT EXISTS
FOR (event:Event) ON (event.createdAt);
