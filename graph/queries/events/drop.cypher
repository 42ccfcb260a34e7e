// Removes events that no job hears of.
// in:  eventIds LIST OF STRING
// out: nothing
CYPHER replan=skip
MATCH (event:Event)
USING INDEX event:Event(eventId)
WHERE event.eventId IN $eventIds
DELETE event
