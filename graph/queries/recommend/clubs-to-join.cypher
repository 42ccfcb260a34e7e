// Which clubs an athlete might join, and why: those of people whom the viewer follows or is in clubs with, clubs below
// their own, and clubs of their home region and their sports. Many members count against a club a little, or the
// largest would be shown to all. Who belongs to a club counts only where it is public all the way up, so that nothing
// shows of who belongs to any other. The policy decides each club and each member again. The limits without an order
// bound the work of the heaviest athletes: any of their ties will do, so they are not ordered.
// in:  viewerId STRING, limit INTEGER
// out: clubId STRING, score FLOAT, friendIds LIST<STRING> (up to 20 members whom the viewer follows),
//      mateIds LIST<STRING> (up to 20 other members who are in a club with the viewer), isFromYourRegion BOOLEAN,
//      isYourSport BOOLEAN, aboveId STRING? (a club of the viewer's directly above)
MATCH (viewer:Athlete {athleteId: $viewerId})
CALL (viewer) {
  CALL (viewer) {
    MATCH (viewer)-[:FOLLOWS]->(friend:Athlete)
    RETURN friend
    LIMIT 300
  }
  MATCH (friend)-[:MEMBER_OF]->(club:Club)
  RETURN club, friend, null AS mate, null AS above
  UNION ALL
  CALL (viewer) {
    MATCH (viewer)-[:MEMBER_OF]->(own:Club)
    RETURN own
    LIMIT 20
  }
  CALL (own) {
    MATCH (mate:Athlete)-[:MEMBER_OF]->(own)
    RETURN mate
    LIMIT 50
  }
  MATCH (mate)-[:MEMBER_OF]->(club:Club)
  RETURN club, null AS friend, mate, null AS above
  UNION ALL
  CALL (viewer) {
    MATCH (viewer)-[:MEMBER_OF]->(above:Club)<-[:PART_OF]-(club:Club)
    RETURN club, above
    LIMIT 100
  }
  RETURN club, null AS friend, null AS mate, above
  UNION ALL
  MATCH (club:Club)
  WHERE club.placeKey = viewer.homeRegionKey
    AND club.clubId IS NOT NULL // a composite index serves only who asks about all its properties
  WITH club
  // The index gives them in this order only if it is asked for from its first property on.
  ORDER BY club.placeKey DESC, club.clubId DESC
  LIMIT 50
  RETURN club, null AS friend, null AS mate, null AS above
  UNION ALL
  UNWIND viewer.sports AS sport
  CALL (sport) {
    MATCH (club:Club)
    WHERE club.sport = sport AND club.clubId IS NOT NULL
    RETURN club
    ORDER BY club.sport DESC, club.clubId DESC
    LIMIT 20
  }
  RETURN club, null AS friend, null AS mate, null AS above
}
WITH
  viewer,
  club,
  collect(DISTINCT friend) AS friends,
  collect(DISTINCT mate) AS mates,
  head(collect(above)) AS above
WHERE club.closedAt IS NULL
  AND NOT EXISTS { ()-[:MEMBER_OF {athleteId: $viewerId, clubId: club.clubId}]->() }
  AND NOT EXISTS { (viewer)-[:ASKS_TO_JOIN|BANNED_FROM|DISMISSED]->(club) }
WITH
  *,
  NOT EXISTS { (club)-[:PART_OF*0..5]->(up:Club) WHERE up.visibility <> 'public' } AS isOpen,
  coalesce(club.placeKey = viewer.homeRegionKey, false) AS isFromYourRegion,
  coalesce(club.sport IN viewer.sports, false) AS isYourSport
WITH
  *,
  CASE WHEN isOpen THEN friends ELSE [] END AS openFriends,
  CASE WHEN isOpen THEN [mate IN mates WHERE mate <> viewer AND NOT mate IN friends] ELSE [] END AS openMates
WITH
  *,
  (
    size(openFriends)
    + 0.3 * size(openMates)
    + CASE WHEN above IS NULL THEN 0 ELSE 1 END
    + CASE WHEN isFromYourRegion THEN 1 ELSE 0 END
    + CASE WHEN isYourSport THEN 0.5 ELSE 0 END
  ) / (1 + COUNT { (club)<-[:MEMBER_OF]-() }) ^ 0.3 AS score
// A club that only its hidden members suggest would tell that they are there.
WHERE score > 0
WITH *
ORDER BY score DESC, club.clubId
LIMIT $limit
RETURN
  club.clubId AS clubId,
  score,
  [friend IN openFriends[0..20] | friend.athleteId] AS friendIds,
  [mate IN openMates[0..20] | mate.athleteId] AS mateIds,
  isFromYourRegion,
  isYourSport,
  above.clubId AS aboveId
ORDER BY score DESC, clubId
