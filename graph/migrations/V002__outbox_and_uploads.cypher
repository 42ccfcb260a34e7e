// Events are found by when they are due and by their key; uploads by id, by what they hold and by the client's name.

// The relay reads what is due, in order, and nothing else.
CREATE INDEX event_offer_at IF NOT EXISTS
FOR (event:Event) ON (event.offerAt);

// Whether an earlier event of the same key is still there is one seek.
CREATE INDEX event_key IF NOT EXISTS
FOR (event:Event) ON (event.key, event.createdAt);

CREATE CONSTRAINT upload_id IF NOT EXISTS
FOR (upload:Upload) REQUIRE upload.uploadId IS UNIQUE;

// An athlete's uploads, newest first, come out of the index in their order.
CREATE INDEX uploads_by_athlete IF NOT EXISTS
FOR (upload:Upload) ON (upload.athleteId, upload.createdAt, upload.uploadId);

// The same file twice by one athlete.
CREATE INDEX uploads_by_content IF NOT EXISTS
FOR (upload:Upload) ON (upload.athleteId, upload.sha256);

// The same upload sent again by a client that had no answer.
CREATE INDEX uploads_by_external_id IF NOT EXISTS
FOR (upload:Upload) ON (upload.athleteId, upload.externalId);
