import { z } from 'zod';
import { VISIBILITIES } from '../../graph/sharing.js';
import { SPORTS } from '../../timeseries/tracks/sports.js';
import { PageQuery } from '../http/paging.js';

const Instant = z.iso.datetime().describe('UTC');

export const AthleteKey = z.object({ athleteId: z.uuid() });

// Any sign of any script, but none that breaks the line or turns the direction of what stands around the name.
const PLAIN_TEXT = /^(?=.*[\p{L}\p{N}\p{S}])[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u;

/** How an athlete is called, everywhere. */
export const DisplayName = z
  .string()
  .normalize('NFC')
  .trim()
  .max(80)
  .regex(PLAIN_TEXT, 'must hold a letter or a sign, on one line');

const Visibility = z.enum(VISIBILITIES);

const MAX_SPORTS = 10; // more say nothing about what somebody likes
const HomeRegion = z
  .string()
  .normalize('NFC')
  .trim()
  .max(80)
  .regex(PLAIN_TEXT, 'must hold a letter or a sign, on one line');
const Sports = z.array(z.enum(SPORTS)).max(MAX_SPORTS);

/** An athlete in a list. */
export const AthleteSummaryView = z.object({
  athleteId: z.uuid(),
  displayName: z.string(),
  approvesFollowers: z.boolean().describe('The profile is closed: to follow means to ask'),
  following: z.enum(['none', 'requested', 'following']).describe('How you follow them'),
  followsYou: z.boolean(),
});

// Wide enough for everybody who ever lived, narrow enough to catch a wrong unit.
const Sex = z.enum(['female', 'male', 'other']);
const BirthDate = z.iso
  .date({ abort: true })
  .refine((date) => date >= '1900-01-01' && date <= today(), 'must be between 1900 and today');
const BodyMass = z.number().min(20).max(400);
const HeartRateMax = z.int().min(100).max(250);
const HeartRateRest = z.int().min(20).max(150);
const ThresholdPower = z.number().min(30).max(1_000);
const ThresholdPace = z.number().min(120).max(1_800);
const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be a name of the IANA time zone database, for example Europe/Berlin');

/** What athletes may change of themselves; null clears. */
export const ProfileEdit = z.strictObject({
  displayName: DisplayName.optional(),
  approvesFollowers: z.boolean().optional(),
  hidesFromSignedOut: z
    .boolean()
    .optional()
    .describe('Those who are not logged in see nothing of you, not even what is shared with everyone'),
  defaultVisibility: Visibility.optional().describe(
    'What a new activity gets when its upload does not say, as do the next',
  ),
  defaultMapVisibility: Visibility.optional(),
  defaultHeartRateVisibility: Visibility.optional(),
  defaultPowerVisibility: Visibility.optional(),
  defaultCadenceVisibility: Visibility.optional(),
  defaultTemperatureVisibility: Visibility.optional(),
  defaultHidesStartTime: z.boolean().optional(),
  defaultHidesFromHomeFeed: z.boolean().optional(),
  ageVisibility: Visibility.optional().describe(
    'Who sees it, of those who see the profile; only you until you say so',
  ),
  bodyMassVisibility: Visibility.optional(),
  heartRateLimitsVisibility: Visibility.optional(),
  sexVisibility: Visibility.optional(),
  thresholdsVisibility: Visibility.optional(),
  timeZoneVisibility: Visibility.optional(),
  homeRegion: HomeRegion.nullable()
    .optional()
    .describe(
      'A town or a valley, as rough as you like. It shows in no profile, but you and others who name the same one are recommended to one another, and told why',
    ),
  sports: Sports.optional().describe('What you like to do; used as the home region is'),
  isRecommendable: z.boolean().optional().describe('Whether others are shown you as somebody to follow'),
  isOpenToTraining: z
    .boolean()
    .optional()
    .describe(
      'Whether you look for company: you are shown those who do too and have the same habits, and they are shown you. Habits are worked out from activities that you share with everyone, map included, and only while this is true',
    ),
  sex: Sex.nullable().optional(),
  birthDate: BirthDate.nullable().optional(),
  bodyMassKilograms: BodyMass.nullable().optional(),
  heartRateMaxBpm: HeartRateMax.nullable().optional(),
  heartRateRestBpm: HeartRateRest.nullable().optional(),
  functionalThresholdPowerWatts: ThresholdPower.nullable().optional(),
  thresholdPaceSecondsPerKilometer: ThresholdPace.nullable().optional(),
  timeZone: TimeZone.nullable().optional(),
});

/**
 * An athlete. What they don't tell is null, and so is what they don't share with the caller; what concerns nobody but
 * themselves is absent for others.
 */
export const AthleteView = AthleteSummaryView.extend({
  followerCount: z.int().min(0),
  followingCount: z.int().min(0),
  muted: z.boolean().describe('You mute them; they are not told'),
  createdAt: Instant.optional(),
  version: z.int().describe('Part of the ETag'),
  hidesFromSignedOut: z.boolean().optional(),
  defaultVisibility: Visibility.optional(),
  defaultMapVisibility: Visibility.optional(),
  defaultHeartRateVisibility: Visibility.optional(),
  defaultPowerVisibility: Visibility.optional(),
  defaultCadenceVisibility: Visibility.optional(),
  defaultTemperatureVisibility: Visibility.optional(),
  defaultHidesStartTime: z.boolean().optional(),
  defaultHidesFromHomeFeed: z.boolean().optional(),
  ageVisibility: Visibility.optional(),
  bodyMassVisibility: Visibility.optional(),
  heartRateLimitsVisibility: Visibility.optional(),
  sexVisibility: Visibility.optional(),
  thresholdsVisibility: Visibility.optional(),
  timeZoneVisibility: Visibility.optional(),
  homeRegion: z.string().nullable().optional().describe('Only for the athlete'),
  sports: z.array(z.string()).optional().describe('Only for the athlete'),
  isRecommendable: z.boolean().optional().describe('Only for the athlete'),
  isOpenToTraining: z.boolean().optional().describe('Only for the athlete'),
  sex: Sex.nullable(),
  ageYears: z
    .int()
    .nullable()
    .describe('At the end of the year, as races count it: nobody learns a birthday by looking every day'),
  birthDate: z.iso.date().nullable().optional().describe('Only for the athlete'),
  bodyMassKilograms: z.number().nullable(),
  heartRateMaxBpm: z.number().nullable(),
  heartRateRestBpm: z.number().nullable(),
  functionalThresholdPowerWatts: z.number().nullable(),
  thresholdPaceSecondsPerKilometer: z.number().nullable(),
  timeZone: z.string().nullable().describe('The athlete’s; each activity tells its own'),
  roles: z
    .array(z.string())
    .optional()
    .describe('Of the caller alone: what they may do beside being an athlete'),
});

export const AthleteQuery = PageQuery.extend({
  query: z.string().min(1).max(100).describe('Every word of it must begin a word of the name'),
});

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

// `Intl` also takes offsets, which know no daylight saving and no day of change.
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}
