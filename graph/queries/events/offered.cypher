// Notes that events were offered to their consumers and when to offer them again, in case that was forgotten.
// A blocked event is put off only while it still is blocked; otherwise it stays due.
// in:  events LIST OF MAP {eventId STRING, isBlocked BOOLEAN, jobs LIST OF STRING, pauseSeconds INTEGER}
// out: eventId STRING
CYPHER replan=skip
UNWIND $events AS offered
MATCH (event:Event {eventId: offered.eventId})
USING INDEX event:Event(eventId)
// Locks the event before its predecessor is looked for: whoever finishes that one makes this one due under the lock.
SET event.offers = coalesce(event.offers, 0) + 1
WITH event, offered
WHERE NOT offered.isBlocked
  OR EXISTS {
    MATCH (earlier:Event {key: event.key})
    USING INDEX earlier:Event(key, createdAt)
    WHERE earlier.offerAt IS NOT NULL
      AND (earlier.createdAt < event.createdAt
        OR (earlier.createdAt = event.createdAt AND earlier.eventId < event.eventId))
  }
SET event.waitingFor = coalesce(event.waitingFor, offered.jobs),
    event.offerAt = datetime() + duration({seconds: offered.pauseSeconds})
RETURN event.eventId AS eventId
