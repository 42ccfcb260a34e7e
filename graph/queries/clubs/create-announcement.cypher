// Lets a club announce something. The club is locked.
// in:  clubId STRING, authorId STRING, announcementId STRING, text STRING, now DATETIME
// out: announcementId STRING
MATCH (author:Athlete {athleteId: $authorId})
MATCH (club:Club {clubId: $clubId})
CREATE (club)-[:ANNOUNCED]->(announcement:Announcement {
  announcementId: $announcementId,
  clubId: $clubId,
  text: $text,
  createdAt: $now
})<-[:WROTE]-(author)
RETURN announcement.announcementId AS announcementId
