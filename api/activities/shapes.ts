import { z } from 'zod';
import type { ActivitySummary } from '../../graph/activity-summaries.js';
import { VISIBILITIES } from '../../graph/sharing.js';
import { localTime } from '../../timeseries/tracks/local-time.js';
import { MAX_ELAPSED_SECONDS } from '../../timeseries/tracks/recording.js';
import { SPORTS } from '../../timeseries/tracks/sports.js';
import { PageQuery } from '../http/paging.js';

const MAX_NAME_LENGTH = 200;
const MAX_DESCRIPTION_LENGTH = 5_000;
const MAX_DISTANCE_METERS = 10_000_000; // a quarter of the way around the Earth
const MAX_CLIMB_METERS = 100_000;
/** A reduced stream is for a chart; nobody draws more points than this. */
const MAX_POINTS = 10_000;

const Instant = z.iso.datetime().describe('UTC');
const Measured = z.number().nullable();
const Sport = z.enum(SPORTS);
const Visibility = z.enum(VISIBILITIES);
const Name = z.string().trim().min(1).max(MAX_NAME_LENGTH);
const Description = z.string().trim().min(1).max(MAX_DESCRIPTION_LENGTH);

export const ActivityKey = z.object({ activityId: z.uuid() });

/** An activity in a list; what was not measured is null. */
export const ActivitySummaryView = z.object({
  activityId: z.uuid(),
  athlete: z.object({ athleteId: z.uuid(), displayName: z.string() }),
  name: z.string(),
  sport: Sport,
  visibility: Visibility,
  startedAt: Instant.nullable().describe('Null where its athlete hides when it was; `startedOn` is the day'),
  startedAtLocal: z
    .string()
    .nullable()
    .describe(
      'What the clock of the athlete showed: `2026-03-29T08:15:30`; null with `startedAt` and with `timeZone`',
    ),
  startedOn: z.iso
    .date()
    .describe('The day in which it started: by the clock of the athlete, or in UTC where that is null'),
  timeZone: z
    .string()
    .nullable()
    .describe('IANA name; null where its athlete does not share theirs with you'),
  distanceMeters: Measured,
  movingSeconds: Measured,
  elapsedSeconds: Measured.describe('Null only while what others may see is worked out anew'),
  climbMeters: Measured,
  averageSpeedMetersPerSecond: Measured.describe('Pauses left out, as in all averages'),
  averageHeartRateBpm: Measured,
  averagePowerWatts: Measured,
  polyline: z
    .string()
    .nullable()
    .describe('Encoded, precision 5; about a hundred points in lists, the whole way in an activity'),
  polylines: z
    .array(z.string())
    .optional()
    .describe('Where something between is hidden: all pieces of the way, of which `polyline` is the longest'),
});

const LapView = z.object({
  lap: z.int().min(1),
  startSeconds: z.number().describe('Since the start of the activity'),
  endSeconds: z.number(),
  elapsedSeconds: z.number(),
  movingSeconds: z.number(),
  distanceMeters: Measured,
  climbMeters: Measured,
  descentMeters: Measured,
  averageSpeedMetersPerSecond: Measured,
  maxSpeedMetersPerSecond: Measured,
  averageHeartRateBpm: Measured,
  maxHeartRateBpm: Measured,
  averageCadenceRpm: Measured,
  maxCadenceRpm: Measured,
  averagePowerWatts: Measured,
  maxPowerWatts: Measured,
});

const BestDistanceView = z.object({
  distanceMeters: z.number(),
  elapsedSeconds: z.number(),
  startSeconds: z.number(),
});

const BestPowerView = z.object({
  durationSeconds: z.number(),
  powerWatts: z.number(),
  startSeconds: z.number(),
});

const ownersOnly = 'Only for the owner';

/**
 * An activity; what was not measured is null, and so is a part that is withheld from the caller: it looks as if it had
 * never been measured. What concerns nobody but the owner is absent for others.
 */
export const ActivityView = ActivitySummaryView.extend({
  mapVisibility: Visibility.optional().describe(ownersOnly),
  heartRateVisibility: Visibility.optional().describe(ownersOnly),
  powerVisibility: Visibility.optional().describe(ownersOnly),
  cadenceVisibility: Visibility.optional().describe(ownersOnly),
  temperatureVisibility: Visibility.optional().describe(ownersOnly),
  hidesStartTime: z.boolean().optional().describe(ownersOnly),
  hidesFromHomeFeed: z.boolean().optional().describe(ownersOnly),
  description: z.string().nullable(),
  device: z.string().nullable(),
  source: z.enum(['upload', 'manual']),
  uploadId: z.uuid().nullable().optional().describe('Only for the owner; null without a file'),
  descentMeters: Measured,
  minAltitudeMeters: Measured,
  maxAltitudeMeters: Measured,
  maxSpeedMetersPerSecond: Measured,
  maxHeartRateBpm: Measured,
  averageCadenceRpm: Measured.describe('Turns of one crank or leg'),
  maxCadenceRpm: Measured,
  maxPowerWatts: Measured,
  averageTemperatureCelsius: Measured,
  energyKilocalories: Measured,
  channels: z.array(z.string()).describe('What its streams hold beside `time`'),
  laps: z.array(LapView),
  bestEfforts: z.object({
    bestDistances: z.array(BestDistanceView).describe('The fastest stretch of each usual distance'),
    bestPowers: z.array(BestPowerView).describe('The strongest stretch of each usual time'),
  }),
  createdAt: Instant.nullable().describe('Null with `startedAt`'),
});

const StartedAt = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .pipe(z.date().min(new Date(0)))
  .describe('With the offset of the clock, or UTC');

/** How an activity is shared; what is left out is as the profile has it. */
const Sharing = {
  visibility: Visibility.optional().describe('Who sees it; the default of the profile when it is left out'),
  mapVisibility: Visibility.optional().describe(
    'Who of them sees the map, and heights, by which a place is found too',
  ),
  heartRateVisibility: Visibility.optional(),
  powerVisibility: Visibility.optional(),
  cadenceVisibility: Visibility.optional(),
  temperatureVisibility: Visibility.optional(),
  hidesStartTime: z.boolean().optional().describe('Others see the day alone; it is listed at its start'),
  hidesFromHomeFeed: z.boolean().optional().describe('It is in nobody else’s home feed'),
};

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The same as fields of a form, where everything is text. */
export const SharingForm = {
  ...Sharing,
  hidesStartTime: Flag.optional().describe('Others see the day alone; it is listed at its start'),
  hidesFromHomeFeed: Flag.optional().describe('It is in nobody else’s home feed'),
};

/** An activity that nothing has recorded. */
export const ManualActivity = z
  .strictObject({
    name: Name,
    description: Description.nullable().optional(),
    sport: Sport,
    ...Sharing,
    startedAt: StartedAt,
    elapsedSeconds: z.number().min(1).max(MAX_ELAPSED_SECONDS),
    movingSeconds: z.number().min(1).optional().describe('All of it when it is left out'),
    distanceMeters: z.number().min(0).max(MAX_DISTANCE_METERS).optional(),
    climbMeters: z.number().min(0).max(MAX_CLIMB_METERS).optional(),
  })
  .refine(({ movingSeconds = 0, elapsedSeconds }) => movingSeconds <= elapsedSeconds, {
    path: ['movingSeconds'],
    message: 'must not be more than elapsedSeconds',
  });

/** What an athlete may change; null clears. */
export const ActivityEdit = z.strictObject({
  name: Name.optional(),
  description: Description.nullable().optional(),
  sport: Sport.optional(),
  ...Sharing,
});

const Since = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Which activities of an athlete. */
export const ActivitiesQuery = PageQuery.extend({
  sport: Sport.optional(),
  after: Since.optional().describe(
    'Started then or later; where that is hidden, the start of the day counts',
  ),
  before: Since.optional().describe('Started earlier'),
});

/** Channels of a stream, in the order in which they are answered. */
export const STREAM_CHANNELS = [
  'time',
  'distance',
  'position',
  'altitude',
  'speed',
  'heartRate',
  'cadence',
  'power',
  'temperature',
  'grade',
] as const;

export type StreamChannel = (typeof STREAM_CHANNELS)[number];

/** Which streams, and how fine. */
export const StreamsQuery = z.strictObject({
  channels: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(STREAM_CHANNELS)).min(1))
    .optional()
    .describe(`Some of ${STREAM_CHANNELS.join(', ')}, with commas between them; all when it is left out`),
  points: z.coerce
    .number()
    .int()
    .min(2)
    .max(MAX_POINTS)
    .optional()
    .describe('Reduces to so many points at most and keeps the peaks; all of them when it is left out'),
});

const Values = z.array(z.number().nullable());

/** Streams of equal length; a channel that was never measured is absent, a value that is missing is null. */
export const StreamsView = z.object({
  channels: z.object({
    time: z.array(z.number()).optional().describe('Seconds since the start'),
    distance: Values.optional().describe('Metres since the start'),
    position: z
      .array(z.tuple([z.number(), z.number()]).nullable())
      .optional()
      .describe('Latitude and longitude in degrees'),
    altitude: Values.optional().describe('Metres above the sea'),
    speed: Values.optional().describe('Metres a second'),
    heartRate: Values.optional().describe('Beats a minute'),
    cadence: Values.optional().describe('Turns a minute of one crank or leg'),
    power: Values.optional().describe('Watts'),
    temperature: Values.optional().describe('Degrees Celsius'),
    grade: Values.optional().describe('Metres up per metre forward'),
  }),
  pointCount: z.int().min(0).describe('Length of each stream'),
  originalCount: z.int().min(0).describe('How many points were recorded'),
});

/** An activity of a list on its way to the wire. */
export function summaryView({ listedAt, public: _, ...activity }: ActivitySummary): object {
  const { startedAt, timeZone } = activity;
  const startedAtLocal = startedAt && timeZone && localTime(startedAt, timeZone);
  const day = startedAtLocal ?? (startedAt ?? listedAt).toISOString();
  return { ...activity, startedAtLocal, startedOn: day.slice(0, DATE_CHARACTERS) };
}

const DATE_CHARACTERS = 'YYYY-MM-DD'.length;
