// Whom an athlete might follow, and why. A walk from the viewer along follows, two steps and then a third one from
// those whom it reached most, which counts more: it leads where many ways meet. Each step is shared among all whom
// somebody follows, so that whoever follows everybody counts for little. Others of the same home region come in for
// whoever follows few, first those of the same sports. How many follow somebody counts against them a little, or the
// best known would be shown to all. Whom the viewer knows or is hidden from is left out for speed; the policy decides
// each one again. The limits without an order bound the work of the heaviest athletes: any of their ties will do,
// so they are not ordered.
// in:  viewerId STRING, limit INTEGER
// out: athleteId STRING, score FLOAT, friendIds LIST<STRING> (up to 20 whom the viewer follows and who follow them),
//      isFromYourRegion BOOLEAN, sharedSports LIST<STRING>
MATCH (viewer:Athlete {athleteId: $viewerId})
CALL (viewer) {
  CALL (viewer) {
    CALL (viewer) {
      MATCH (viewer)-[:FOLLOWS]->(friend)
      RETURN friend
      LIMIT 100
    }
    WITH friend, 1.0 / (1 + COUNT { (friend)-[:FOLLOWS]->() }) AS share
    CALL (friend) {
      MATCH (friend)-[:FOLLOWS]->(second)
      RETURN second
      LIMIT 100
    }
    WITH second, sum(share) AS weight, collect(friend) AS friends
    // Of equals any will do: their own ids are thousands of reads.
    ORDER BY weight DESC, elementId(second)
    LIMIT 200
    WITH collect({athlete: second, weight: weight, friends: friends}) AS seconds
    CALL (seconds) {
      UNWIND seconds AS reached
      RETURN reached.athlete AS athlete, reached.weight AS weight, reached.friends AS friends
      UNION ALL
      UNWIND seconds[0..40] AS reached
      WITH reached.athlete AS second, reached.weight AS weight
      WITH second, 6 * weight / (1 + COUNT { (second)-[:FOLLOWS]->() }) AS weight
      CALL (second) {
        MATCH (second)-[:FOLLOWS]->(athlete)
        RETURN athlete
        LIMIT 30
      }
      RETURN athlete, weight, null AS friends
    }
    WITH athlete, sum(weight) AS weight, head(collect(friends)) AS friends
    ORDER BY weight DESC, elementId(athlete)
    LIMIT 200
    RETURN athlete, weight, friends
    UNION ALL
    MATCH (athlete:Athlete)
    WHERE athlete.homeRegionKey = viewer.homeRegionKey
      AND athlete.athleteId IS NOT NULL // a composite index serves only who asks about all its properties
    WITH viewer, athlete
    // The index gives them in this order only if it is asked for from its first property on.
    ORDER BY athlete.homeRegionKey DESC, athlete.athleteId DESC
    LIMIT 100
    WITH athlete, size([sport IN viewer.sports WHERE sport IN athlete.sports]) AS sports
    // Less than any tie but those through somebody who follows hundreds.
    RETURN athlete, 0.002 * (1 + 2 * coalesce(sports, 0)) AS weight, null AS friends
  }
  WITH athlete, sum(weight) AS weight, coalesce(head(collect(friends)), []) AS friends
  RETURN collect({athlete: athlete, weight: weight, friends: friends}) AS reached
}
UNWIND reached AS each
WITH viewer, each, each.athlete AS athlete
WHERE athlete <> viewer
  AND athlete.deletedAt IS NULL
  AND athlete.suspendedAt IS NULL
  AND coalesce(athlete.isRecommendable, true)
WITH viewer, athlete, each, each.weight / (1 + COUNT { (athlete)<-[:FOLLOWS]-() }) ^ 0.15 AS score
// Only the best are looked at until enough of them may be shown, each by a seek, however many the viewer follows.
ORDER BY score DESC, athlete.athleteId
WHERE NOT EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() }
  AND NOT EXISTS { ()-[:REQUESTS {followeeId: athlete.athleteId, followerId: $viewerId}]->() }
  AND NOT EXISTS { ()-[:MUTES {muterId: $viewerId, mutedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:DISMISSED {dismisserId: $viewerId, dismissedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: athlete.athleteId}]->() }
  AND NOT EXISTS { ()-[:BLOCKS {blockerId: athlete.athleteId, blockedId: $viewerId}]->() }
WITH *
LIMIT $limit
RETURN
  athlete.athleteId AS athleteId,
  score,
  [friend IN each.friends[0..20] | friend.athleteId] AS friendIds,
  coalesce(athlete.homeRegionKey = viewer.homeRegionKey, false) AS isFromYourRegion,
  coalesce([sport IN viewer.sports WHERE sport IN athlete.sports], []) AS sharedSports
ORDER BY score DESC, athleteId
