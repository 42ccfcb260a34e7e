// Whom an athlete might follow, and why, by the nightly model too. The walk of athletes-to-follow.cypher, with two
// steps more from those whom it leads to: what comes back that way is how much everybody around there is met anyway,
// and counts against them, so that who is known to the viewer's friends in particular stands before who is known all
// over town. How near the nightly model places two athletes raises the score, up to twice; whom it finds to resemble
// the viewer comes in behind those whom the walk reaches. Whoever has no place yet is neither near nor far, so the
// query answers without the model too. The limits without an order bound the work of the heaviest athletes: any of
// their ties will do, so they are not ordered.
// in:  viewerId STRING, limit INTEGER
// out: athleteId STRING, score FLOAT, friendIds LIST<STRING> (up to 20 whom the viewer follows and who follow them),
//      isFromYourRegion BOOLEAN, sharedSports LIST<STRING>
MATCH (viewer:Athlete {athleteId: $viewerId})
CALL (viewer) {
  CALL (viewer) {
    MATCH (viewer)-[:FOLLOWS]->(friend)
    RETURN friend
    LIMIT 150
  }
  WITH friend, 1.0 / (1 + COUNT { (friend)-[:FOLLOWS]->() }) ^ 0.75 AS share
  CALL (friend) {
    MATCH (friend)-[:FOLLOWS]->(second)
    RETURN second
    LIMIT 150
  }
  WITH second, sum(share) AS weight, collect(friend)[0..20] AS friends
  // Of equals any will do: their own ids are thousands of reads.
  ORDER BY weight DESC, elementId(second)
  LIMIT 400
  WITH collect({athlete: second, weight: weight, friends: friends}) AS seconds
  CALL (seconds) {
    UNWIND seconds AS reached
    RETURN reached.athlete AS athlete, 0.15 * reached.weight AS weight, reached.friends AS friends
    UNION ALL
    UNWIND seconds[0..60] AS reached
    WITH reached.athlete AS second, reached.weight AS weight
    WITH second, weight / (1 + COUNT { (second)-[:FOLLOWS]->() }) ^ 0.75 AS weight
    CALL (second) {
      MATCH (second)-[:FOLLOWS]->(athlete)
      RETURN athlete
      LIMIT 60
    }
    RETURN athlete, weight, null AS friends
  }
  WITH athlete, sum(weight) AS weight, head(collect(friends)) AS friends
  ORDER BY weight DESC, elementId(athlete)
  LIMIT 800
  // Those whom the viewer follows would lead back to where the walk comes from.
  WITH athlete, weight, friends
  WHERE athlete.athleteId <> $viewerId
    AND NOT EXISTS { ()-[:FOLLOWS {followeeId: athlete.athleteId, followerId: $viewerId}]->() }
  WITH athlete, weight, friends
  ORDER BY weight DESC, elementId(athlete)
  LIMIT 400
  RETURN collect({athlete: athlete, weight: weight, friends: friends}) AS walked
}
CALL (viewer, walked) {
  UNWIND walked AS each
  RETURN each.athlete AS athlete, each.weight AS weight, 0.0 AS around, 0.0 AS besides, each.friends AS friends
  UNION ALL
  UNWIND walked[0..60] AS each
  WITH each.athlete AS near, each.weight AS weight
  WITH near, weight / (1 + COUNT { (near)-[:FOLLOWS]->() }) ^ 0.75 AS weight
  CALL (near) {
    MATCH (near)-[:FOLLOWS]->(further)
    RETURN further
    LIMIT 60
  }
  WITH further, sum(weight) AS weight
  ORDER BY weight DESC, elementId(further)
  LIMIT 30
  WITH further, weight / (1 + COUNT { (further)-[:FOLLOWS]->() }) ^ 0.75 AS weight
  CALL (further) {
    MATCH (further)-[:FOLLOWS]->(athlete)
    RETURN athlete
    LIMIT 60
  }
  RETURN athlete, 0.0 AS weight, weight AS around, 0.0 AS besides, null AS friends
  UNION ALL
  MATCH (viewer)-[resemblance:RESEMBLES]->(athlete:Athlete)
  WHERE resemblance.modelVersion = viewer.modelVersion
  RETURN athlete, 0.0 AS weight, 0.0 AS around, 0.004 * resemblance.score AS besides, null AS friends
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
  WITH athlete, 0.002 * (1 + 2 * coalesce(sports, 0)) AS besides
  RETURN athlete, 0.0 AS weight, 0.0 AS around, besides, null AS friends
}
WITH
  viewer,
  athlete,
  sum(weight) AS weight,
  sum(around) AS around,
  sum(besides) AS besides,
  coalesce(head(collect(friends)), []) AS friends
WHERE weight + besides > 0
  AND athlete <> viewer
  AND athlete.deletedAt IS NULL
  AND athlete.suspendedAt IS NULL
  AND coalesce(athlete.isRecommendable, true)
WITH
  viewer,
  athlete,
  friends,
  CASE WHEN weight > 0 THEN weight * weight / (weight + around) ELSE 0 END + besides AS weight,
  // From 0 to 1; places of two versions cannot be compared.
  CASE
    WHEN athlete.modelVersion = viewer.modelVersion
    THEN vector.similarity.cosine(viewer.place, athlete.place)
  END AS nearness
WITH
  viewer,
  athlete,
  friends,
  weight * 2 * coalesce(nearness, 0.5) / (1 + COUNT { (athlete)<-[:FOLLOWS]-() }) ^ 0.17 AS score
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
  [friend IN friends | friend.athleteId] AS friendIds,
  coalesce(athlete.homeRegionKey = viewer.homeRegionKey, false) AS isFromYourRegion,
  coalesce([sport IN viewer.sports WHERE sport IN athlete.sports], []) AS sharedSports
ORDER BY score DESC, athleteId
