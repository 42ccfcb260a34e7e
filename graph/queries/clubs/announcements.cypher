// What a club announced, the latest first, with who wrote it and how the viewer stands to them.
// in:  clubId STRING, viewerId STRING, beforeCreatedAt DATETIME and beforeId STRING (the page begins below this pair),
//      limit INTEGER
// out: announcementId STRING, text STRING, createdAt DATETIME, authorId STRING?, authorName STRING?,
//      isBlocked BOOLEAN, ownerStanding STRING (active | suspended | deleted: of the author)
MATCH (announcement:Announcement)
WHERE announcement.clubId = $clubId
  AND announcement.createdAt <= $beforeCreatedAt
  AND announcement.announcementId IS NOT NULL // a composite index serves only who asks about all its properties
  // Not an OR, for which the planner may leave the index.
  AND CASE announcement.createdAt WHEN $beforeCreatedAt THEN announcement.announcementId < $beforeId ELSE true END
WITH announcement
// The index gives them in this order only if it is asked for from its first property on.
ORDER BY announcement.clubId DESC, announcement.createdAt DESC, announcement.announcementId DESC
LIMIT $limit
OPTIONAL MATCH (author:Athlete)-[:WROTE]->(announcement)
RETURN
  announcement.announcementId AS announcementId,
  announcement.text AS text,
  announcement.createdAt AS createdAt,
  author.athleteId AS authorId,
  author.displayName AS authorName,
  CASE
    WHEN author IS NULL OR author.deletedAt IS NOT NULL THEN 'deleted'
    WHEN author.suspendedAt IS NOT NULL THEN 'suspended'
    ELSE 'active'
  END AS ownerStanding,
  EXISTS { ()-[:BLOCKS {blockerId: $viewerId, blockedId: author.athleteId}]->() }
    OR EXISTS { ()-[:BLOCKS {blockerId: author.athleteId, blockedId: $viewerId}]->() } AS isBlocked
ORDER BY createdAt DESC, announcementId DESC
