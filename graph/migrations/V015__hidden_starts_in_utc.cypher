// An activity whose start is hidden stood at the first instant of that day where its athlete lives, which told others
// their time zone; now at the first instant of that day in UTC.
MATCH (activity:Activity)
WHERE activity.hiddenStartedAt IS NOT NULL
CALL (activity) {
  SET activity.startedAt = datetime.truncate('day', activity.hiddenStartedAt)
} IN TRANSACTIONS OF 10000 ROWS;
