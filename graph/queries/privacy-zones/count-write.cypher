// Counts a write to the zones of an athlete. If it concerns earlier activities, they are due to be measured again:
// until then others see no map and no totals of them.
// in:  athleteId STRING, concernsActivities BOOLEAN
// out: zonesVersion INTEGER
MATCH (athlete:Athlete {athleteId: $athleteId})
SET athlete.zonesVersion = coalesce(athlete.zonesVersion, 0) + 1
SET athlete.zonesDue = CASE WHEN $concernsActivities THEN athlete.zonesVersion ELSE athlete.zonesDue END
RETURN athlete.zonesVersion AS zonesVersion
