// A job is done with an event. After the last one the event goes, or stays without a date when a job gave up; then
// the next event of the key is due.
// in:  eventId STRING, job STRING, jobs LIST OF STRING (all that hear of the type), hasFailed BOOLEAN
// out: nextCount INTEGER, events that became due
CYPHER replan=skip
MATCH (event:Event {eventId: $eventId})
USING INDEX event:Event(eventId)
// Removing a label that it never has locks the event and changes nothing: two of its jobs cannot finish over one another.
REMOVE event:Locked
WITH event
SET event.waitingFor = [job IN coalesce(event.waitingFor, $jobs) WHERE job <> $job],
    event.failedJobs = CASE WHEN $hasFailed THEN coalesce(event.failedJobs, []) + $job ELSE event.failedJobs END
WITH event
WHERE size(event.waitingFor) = 0
WITH event, event.key AS key, event.createdAt AS createdAt, event.eventId AS eventId,
     event.failedJobs IS NOT NULL AS hasFailures
FOREACH (ignored IN CASE WHEN hasFailures THEN [1] ELSE [] END |
  SET event.waitingFor = event.failedJobs, event.failedJobs = null, event.failedAt = datetime()
  REMOVE event.offerAt
)
FOREACH (ignored IN CASE WHEN hasFailures THEN [] ELSE [1] END |
  DELETE event
)
WITH key, createdAt, eventId
CALL (key, createdAt, eventId) {
  MATCH (next:Event {key: key})
  USING INDEX next:Event(key, createdAt)
  WHERE next.offerAt IS NOT NULL
    AND (next.createdAt > createdAt OR (next.createdAt = createdAt AND next.eventId > eventId))
  WITH next
  ORDER BY next.createdAt, next.eventId
  LIMIT 1
  SET next.offerAt = datetime()
  RETURN count(next) AS nextCount
}
RETURN nextCount
