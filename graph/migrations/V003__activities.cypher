// Activities are found by id, and an athlete's newest first without reading the older ones.
CREATE CONSTRAINT activity_id IF NOT EXISTS
FOR (activity:Activity) REQUIRE activity.activityId IS UNIQUE;

// One seek answers "the activities of this athlete before that instant" already in their order.
CREATE INDEX activity_of_athlete IF NOT EXISTS
FOR (activity:Activity) ON (activity.athleteId, activity.startedAt, activity.activityId);

// Whether a viewer follows the owner of each of twenty activities: a seek for each, however many they follow.
CREATE INDEX follows_pair IF NOT EXISTS
FOR ()-[follows:FOLLOWS]-() ON (follows.followerId, follows.followeeId);
