// Locks an event until the end of the transaction, so that two of its jobs cannot finish over one another.
// in:  eventId STRING
// out: eventId STRING
MATCH (event:Event {eventId: $eventId})
SET event.touchedAt = datetime()
RETURN event.eventId AS eventId
