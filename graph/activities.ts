import { v7 as uuidv7 } from 'uuid';
import type { Grant } from '../policies/access.js';
import { cypher, type WriteTransaction, whole } from './session.js';
import type { Sharing } from './sharing.js';

/** What was measured over a whole activity; null when it was not. Averages leave pauses out. */
export interface Figures {
  readonly distanceMeters: number | null;
  readonly movingSeconds: number | null;
  readonly elapsedSeconds: number;
  readonly climbMeters: number | null;
  readonly descentMeters: number | null;
  readonly minAltitudeMeters: number | null;
  readonly maxAltitudeMeters: number | null;
  readonly averageSpeedMetersPerSecond: number | null;
  readonly maxSpeedMetersPerSecond: number | null;
  readonly averageHeartRateBpm: number | null;
  readonly maxHeartRateBpm: number | null;
  /** Turns of one crank or leg. */
  readonly averageCadenceRpm: number | null;
  readonly maxCadenceRpm: number | null;
  readonly averagePowerWatts: number | null;
  readonly maxPowerWatts: number | null;
  readonly averageTemperatureCelsius: number | null;
  readonly energyKilocalories: number | null;
}

/** Figures of which nothing was measured; the time that passed is always known. */
export const NO_FIGURES: Omit<Figures, 'elapsedSeconds'> = {
  distanceMeters: null,
  movingSeconds: null,
  climbMeters: null,
  descentMeters: null,
  minAltitudeMeters: null,
  maxAltitudeMeters: null,
  averageSpeedMetersPerSecond: null,
  maxSpeedMetersPerSecond: null,
  averageHeartRateBpm: null,
  maxHeartRateBpm: null,
  averageCadenceRpm: null,
  maxCadenceRpm: null,
  averagePowerWatts: null,
  maxPowerWatts: null,
  averageTemperatureCelsius: null,
  energyKilocalories: null,
};

/** An activity about to be written. */
export interface NewActivity extends Figures, Sharing {
  /** Chosen by the caller, so that doing it again makes no second one. */
  readonly activityId: string;
  readonly athleteId: string;
  /** The upload that it was made from; null when made by hand. */
  readonly uploadId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly sport: string;
  /** What the activity is called from when its start is hidden, since its name tells of that; null when it does not. */
  readonly plainName: string | null;
  /** Its place in every list; the start of the day when its athlete hides when it was. */
  readonly startedAt: Date;
  /** When it started, when its athlete hides that; else null. */
  readonly hiddenStartedAt: Date | null;
  /** IANA name; gives `startedAtLocal` and the athlete's day. */
  readonly timeZone: string;
  /** Maker and product as the file says. */
  readonly device: string | null;
  /** The way in full, as an encoded polyline, encrypted at `polylinePlace`; null without positions. */
  readonly polyline: Uint8Array | null;
  /** The same with about a hundred points, for lists, encrypted at `outlinePlace`. */
  readonly outline: Uint8Array | null;
  /** Rows in the series; 0 without a recording. */
  readonly sampleCount: number;
  /** Channels that have samples, by their names on the wire. */
  readonly channels: readonly string[];
  /** What zones hide; where there is nothing of it, everything above is seen by others as it is. */
  readonly hidden: HiddenPart;
}

/** What zones hide of an activity: all figures and places beside it are then those of what is left. */
export interface HiddenPart {
  /** Encrypted by `encryptedWhole`; null when nothing is hidden. */
  readonly whole: Uint8Array | null;
  /** The whole way, encrypted at `wholePolylinePlace`. */
  readonly wholePolyline: Uint8Array | null;
  /** The same with about a hundred points, encrypted at `wholeOutlinePlace`. */
  readonly wholeOutline: Uint8Array | null;
  /** Under which the series keeps what is left. */
  readonly publicRecordingId: string | null;
  /** Channels of what is left. */
  readonly publicChannels: readonly string[] | null;
}

/** Of an activity of which nothing is hidden. */
export const NOTHING_HIDDEN: HiddenPart = {
  whole: null,
  wholePolyline: null,
  wholeOutline: null,
  publicRecordingId: null,
  publicChannels: null,
};

/** Where an activity's polyline is kept, for encrypting and decrypting it. */
export const polylinePlace = (athleteId: string, activityId: string) =>
  ({ athleteId, table: 'Activity', column: 'polyline', row: activityId }) as const;

/** Where an activity's outline is kept, for encrypting and decrypting it. */
export const outlinePlace = (athleteId: string, activityId: string) =>
  ({ athleteId, table: 'Activity', column: 'outline', row: activityId }) as const;

/** Where the whole way of an activity is kept that zones cut. */
export const wholePolylinePlace = (athleteId: string, activityId: string) =>
  ({ athleteId, table: 'Activity', column: 'wholePolyline', row: activityId }) as const;

/** Where its outline is kept. */
export const wholeOutlinePlace = (athleteId: string, activityId: string) =>
  ({ athleteId, table: 'Activity', column: 'wholeOutline', row: activityId }) as const;

/** When the UTC day began in which an instant lies: the first instant of the athlete's day would tell their time zone. */
export function startOfDay(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS);
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * The place of an activity in lists, apart from when it started if that is hidden: no order, cursor or filter can give
 * away what no list knows.
 */
export function begun(
  startedAt: Date,
  hidesStartTime: boolean,
): Pick<NewActivity, 'startedAt' | 'hiddenStartedAt'> {
  if (!hidesStartTime) return { startedAt, hiddenStartedAt: null };
  return { startedAt: startOfDay(startedAt), hiddenStartedAt: startedAt };
}

const create = cypher<
  { activityId: string; athleteId: string; uploadId: string | null; properties: object },
  { activityId: string }
>('activities/create.cypher');

/** The athlete whose activity was to be made is gone. */
export class AthleteGone extends Error {
  override name = 'AthleteGone';
  readonly problem = 'not-found';
}

/**
 * Makes an activity and tells of it (`activity.created`). With an id that is there already it changes nothing; that it
 * is told again costs those who hear of it some work and does no harm.
 *
 * @param grant for `activity.create` by hand, or `upload.process` from a file
 * @throws {AthleteGone} the athlete was deleted meanwhile
 */
export async function createActivity(
  transaction: WriteTransaction,
  grant: Grant,
  { activityId, athleteId, uploadId, sampleCount, hidden, ...properties }: NewActivity,
): Promise<void> {
  grant.assertFor('activity.create', 'upload.process');
  const creating = transaction.run(create, {
    activityId,
    athleteId,
    uploadId,
    properties: {
      ...properties,
      ...hidden,
      source: uploadId === null ? 'manual' : 'upload',
      sampleCount: whole(sampleCount),
    },
  });
  const telling = transaction.emit({
    eventId: uuidv7(),
    type: 'activity.created',
    key: activityId,
    payload: { activityId, athleteId },
  });
  const [[row]] = await Promise.all([creating, telling]);
  if (!row) throw new AthleteGone();
}
