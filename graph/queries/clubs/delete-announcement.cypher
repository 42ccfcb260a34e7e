// Deletes an announcement.
// in:  announcementId STRING
// out: announcementId STRING
MATCH (announcement:Announcement {announcementId: $announcementId})
WITH announcement, announcement.announcementId AS announcementId
DETACH DELETE announcement
RETURN announcementId
