// Appends an event to the outbox, in the transaction of the change that it tells of.
// in:  eventId STRING, type STRING, key STRING, payload STRING (JSON of ids and enumerations)
// out: eventId STRING
CREATE (event:Event {
  eventId: $eventId,
  type: $type,
  key: $key,
  payload: $payload,
  createdAt: datetime(),
  offerAt: datetime()
})
RETURN event.eventId AS eventId
