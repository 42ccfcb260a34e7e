// What an athlete's profile says about activities that say nothing themselves.
// in:  athleteId STRING
// out: timeZone STRING, visibility STRING; no row when the athlete is gone
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
RETURN
  coalesce(athlete.timeZone, 'UTC') AS timeZone,
  coalesce(athlete.defaultVisibility, 'followers') AS visibility
