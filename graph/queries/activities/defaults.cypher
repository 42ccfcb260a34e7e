// What an athlete's profile says about activities that say nothing themselves.
// in:  athleteId STRING
// out: timeZone STRING, visibility STRING, mapVisibility STRING, heartRateVisibility STRING, powerVisibility STRING,
//      cadenceVisibility STRING, temperatureVisibility STRING, hidesStartTime BOOLEAN, hidesFromHomeFeed BOOLEAN;
//      no row when the athlete is gone
MATCH (athlete:Athlete {athleteId: $athleteId})
WHERE athlete.deletedAt IS NULL
RETURN
  coalesce(athlete.timeZone, 'UTC') AS timeZone,
  coalesce(athlete.defaultVisibility, 'followers') AS visibility,
  coalesce(athlete.defaultMapVisibility, 'everyone') AS mapVisibility,
  coalesce(athlete.defaultHeartRateVisibility, 'everyone') AS heartRateVisibility,
  coalesce(athlete.defaultPowerVisibility, 'everyone') AS powerVisibility,
  coalesce(athlete.defaultCadenceVisibility, 'everyone') AS cadenceVisibility,
  coalesce(athlete.defaultTemperatureVisibility, 'everyone') AS temperatureVisibility,
  coalesce(athlete.defaultHidesStartTime, false) AS hidesStartTime,
  coalesce(athlete.defaultHidesFromHomeFeed, false) AS hidesFromHomeFeed
