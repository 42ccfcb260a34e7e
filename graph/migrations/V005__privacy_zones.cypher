// Privacy zones are found by id, and so is what the series keeps for others of an activity that zones cut.
CREATE CONSTRAINT privacy_zone_id IF NOT EXISTS
FOR (zone:PrivacyZone) REQUIRE zone.zoneId IS UNIQUE;

// Only activities that a zone cuts carry it.
CREATE INDEX activities_by_public_recording IF NOT EXISTS
FOR (activity:Activity) ON (activity.publicRecordingId);
