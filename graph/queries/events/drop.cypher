// Removes events that no job hears of.
// in:  eventIds LIST OF STRING
// out: nothing
MATCH (event:Event)
WHERE event.eventId IN $eventIds
DELETE event
