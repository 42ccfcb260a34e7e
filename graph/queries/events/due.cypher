// Events whose consumers should be told of them now; one that follows another of its key has to wait for that.
// in:  limit INTEGER
// out: eventId STRING, type STRING, key STRING, payload STRING (JSON), offers INTEGER (how often it was offered
//      before), waitingFor LIST OF STRING? (jobs that have not finished; null before the first offer),
//      isBlocked BOOLEAN
CYPHER replan=skip
MATCH (event:Event)
USING INDEX event:Event(offerAt)
WHERE event.offerAt <= datetime()
WITH event
ORDER BY event.offerAt, event.eventId
LIMIT $limit
RETURN
  event.eventId AS eventId,
  event.type AS type,
  event.key AS key,
  event.payload AS payload,
  coalesce(event.offers, 0) AS offers,
  event.waitingFor AS waitingFor,
  EXISTS {
    MATCH (earlier:Event {key: event.key})
    USING INDEX earlier:Event(key, createdAt)
    WHERE earlier.offerAt IS NOT NULL
      AND (earlier.createdAt < event.createdAt
        OR (earlier.createdAt = event.createdAt AND earlier.eventId < event.eventId))
  } AS isBlocked
ORDER BY event.createdAt, event.eventId
