// Who wrote an announcement of a club.
// in:  clubId STRING, announcementId STRING
// out: authorId STRING?; no row when there is no such announcement
MATCH (announcement:Announcement {announcementId: $announcementId})<-[:ANNOUNCED]-(:Club {clubId: $clubId})
OPTIONAL MATCH (author:Athlete)-[:WROTE]->(announcement)
RETURN author.athleteId AS authorId
