// Athletes and clubs of one region are recommended to whoever has few ties yet.
CREATE INDEX athletes_by_region IF NOT EXISTS
FOR (athlete:Athlete) ON (athlete.homeRegionKey, athlete.athleteId);

CREATE INDEX clubs_by_region IF NOT EXISTS
FOR (club:Club) ON (club.placeKey, club.clubId);

// Whether somebody was not interested is one seek for each recommendation.
CREATE INDEX dismissals_by_pair IF NOT EXISTS
FOR ()-[dismissal:DISMISSED]-() ON (dismissal.dismisserId, dismissal.dismissedId);
