// Activities are found by id, an athlete's newest first, and the feed knows at once who follows whom.
CREATE CONSTRAINT activity_id IF NOT EXISTS
FOR (activity:Activity) REQUIRE activity.activityId IS UNIQUE;

// One seek answers "the activities of this athlete before that instant", already in their order.
CREATE INDEX activities_by_athlete IF NOT EXISTS
FOR (activity:Activity) ON (activity.athleteId, activity.startedAt, activity.activityId);

// Whether a viewer follows the owner of an activity is one seek, however many either of them has; and the followers
// of an athlete come in pages whose order no new follow disturbs.
CREATE INDEX follows_by_pair IF NOT EXISTS
FOR ()-[follow:FOLLOWS]-() ON (follow.followeeId, follow.followerId);
