// Locks an event until the end of the transaction, so that two of its jobs cannot finish over one another. Removing a
// label that it never has takes the lock and changes nothing.
// in:  eventId STRING
// out: eventId STRING
MATCH (event:Event {eventId: $eventId})
REMOVE event:Locked
RETURN event.eventId AS eventId
