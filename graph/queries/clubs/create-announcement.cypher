// Lets a club announce something. The club is locked.
// in:  clubId STRING, authorId STRING, announcementId STRING, text STRING, now DATETIME
// out: announcementId STRING
MATCH (author:Athlete {athleteId: $authorId})
MATCH (club:Club {clubId: $clubId})
MERGE (announcement:Announcement {announcementId: $announcementId})
  ON CREATE SET announcement.clubId = $clubId, announcement.text = $text, announcement.createdAt = $now
MERGE (club)-[:ANNOUNCED]->(announcement)
MERGE (announcement)<-[:WROTE]-(author)
RETURN announcement.announcementId AS announcementId
