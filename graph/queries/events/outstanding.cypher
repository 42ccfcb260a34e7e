// Whether a job still has to handle an event; no row when it has, or when the event was given up.
// in:  eventId STRING, job STRING
// out: eventId STRING
MATCH (event:Event {eventId: $eventId})
WHERE event.offerAt IS NOT NULL
  AND $job IN coalesce(event.waitingFor, [$job])
RETURN event.eventId AS eventId
