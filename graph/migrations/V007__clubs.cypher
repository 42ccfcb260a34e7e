// Clubs, who belongs to them, who asks and who is banned, their invitations and announcements.
CREATE CONSTRAINT club_id IF NOT EXISTS
FOR (club:Club) REQUIRE club.clubId IS UNIQUE;

// Folding: whoever types "zurich" finds Zürich.
CREATE FULLTEXT INDEX club_names IF NOT EXISTS
FOR (club:Club) ON EACH [club.name, club.place]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

// The clubs of one sport, the newest first.
CREATE INDEX clubs_by_sport IF NOT EXISTS
FOR (club:Club) ON (club.sport, club.clubId);

// Only closed clubs carry it, so the sweeper reads a handful of nodes.
CREATE INDEX club_closed_at IF NOT EXISTS
FOR (club:Club) ON (club.closedAt);

// A page of members comes out of the index in order, also at a million of them.
CREATE INDEX members_by_club IF NOT EXISTS
FOR ()-[membership:MEMBER_OF]-() ON (membership.clubId, membership.since, membership.athleteId);

// Who leads a club, and who has served it longest, is one seek.
CREATE INDEX members_by_role IF NOT EXISTS
FOR ()-[membership:MEMBER_OF]-() ON (membership.clubId, membership.role, membership.since, membership.athleteId);

// Whether somebody belongs to a club, and whether two share one, is a few seeks, however large the club is.
CREATE INDEX members_by_pair IF NOT EXISTS
FOR ()-[membership:MEMBER_OF]-() ON (membership.athleteId, membership.clubId);

CREATE INDEX club_requests_by_club IF NOT EXISTS
FOR ()-[request:ASKS_TO_JOIN]-() ON (request.clubId, request.since, request.athleteId);

CREATE INDEX bans_by_club IF NOT EXISTS
FOR ()-[ban:BANNED_FROM]-() ON (ban.clubId, ban.since, ban.athleteId);

CREATE CONSTRAINT invitation_hash IF NOT EXISTS
FOR (invitation:Invitation) REQUIRE invitation.invitationHash IS UNIQUE;

CREATE CONSTRAINT invitation_id IF NOT EXISTS
FOR (invitation:Invitation) REQUIRE invitation.invitationId IS UNIQUE;

// The sweeper finds what is over.
CREATE INDEX invitations_by_end IF NOT EXISTS
FOR (invitation:Invitation) ON (invitation.expiresAt);

CREATE CONSTRAINT announcement_id IF NOT EXISTS
FOR (announcement:Announcement) REQUIRE announcement.announcementId IS UNIQUE;

// The announcements of a club, the newest first.
CREATE INDEX announcements_by_club IF NOT EXISTS
FOR (announcement:Announcement) ON (announcement.clubId, announcement.createdAt, announcement.announcementId);

// Whoever changes the hierarchy of clubs locks it: only so can two moves at once make no circle.
CREATE CONSTRAINT club_hierarchy_lock_name IF NOT EXISTS
FOR (lock:ClubHierarchyLock) REQUIRE lock.name IS UNIQUE;
