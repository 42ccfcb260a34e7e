// Makes every outstanding event due, after the queues were lost.
// in:  nothing
// out: eventCount INTEGER
// plan: without a bound, since all of them are due after the queues were lost
CYPHER replan=skip
MATCH (event:Event)
USING INDEX event:Event(offerAt)
WHERE event.offerAt > datetime()
SET event.offerAt = datetime()
RETURN count(event) AS eventCount
