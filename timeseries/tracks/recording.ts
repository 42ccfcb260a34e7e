import type { Sport } from './sports.js';

/** File formats that can be read, each also gzipped. */
export const TRACK_FORMATS = ['fit', 'gpx', 'tcx'] as const;

/** A file format that can be read. */
export type TrackFormat = (typeof TRACK_FORMATS)[number];

/**
 * What a sensor can have measured, and in which unit it is kept:
 *
 * | channel | unit | meaning |
 * |---|---|---|
 * | latitude, longitude | degrees, WGS 84 | both present or both missing at an instant |
 * | distance | metres | since the start of the leg, never falling |
 * | altitude | metres above sea level | as recorded, not smoothed |
 * | speed | metres a second | |
 * | heartRate | beats a minute | |
 * | cadence | turns a minute of **one** crank, leg or stroke arm | steps a minute are twice that |
 * | power | watts | |
 * | temperature | degrees Celsius | |
 * | grade | metres up per metre forward | 0.05 is a climb of 5 % |
 */
export const CHANNELS = [
  'latitude',
  'longitude',
  'distance',
  'altitude',
  'speed',
  'heartRate',
  'cadence',
  'power',
  'temperature',
  'grade',
] as const;

/** Name of one measured channel; `CHANNELS` says the unit of each. */
export type Channel = (typeof CHANNELS)[number];

/**
 * What was measured, column by column: one entry per recorded instant.
 *
 * A channel that was never measured is absent; a value missing at one instant is NaN.
 */
export interface Samples {
  /** Recorded instants; every column has this many entries. At least 1. */
  readonly length: number;
  /** Seconds since the leg's `startedAt`; the first is 0, strictly increasing, fractions allowed. */
  readonly elapsedSeconds: Float64Array;
  readonly channels: Readonly<Partial<Record<Channel, Float64Array>>>;
  /** Empty samples that part pieces between which something is hidden; absent when there is none. */
  readonly joints?: readonly number[];
}

/** A half-open stretch of time `[startSeconds, endSeconds)`, in seconds since the leg's start. */
export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A lap as the device cut it; its figures are measured again from the samples (`laps.ts`). */
export interface Lap extends Span {
  /** Time on the device's timer, pauses left out. */
  readonly timerSeconds?: number;
  readonly distanceMeters?: number;
}

/** Totals that the device itself wrote down; used where samples cannot tell. */
export interface DeviceTotals {
  readonly distanceMeters?: number;
  readonly timerSeconds?: number;
  readonly energyKilocalories?: number;
}

/** One sport of a recording, done without a change: becomes one activity. */
export interface Leg {
  readonly sport: Sport;
  /** Instant of the first sample. */
  readonly startedAt: Date;
  readonly samples: Samples;
  /** In order, not overlapping; empty when the file has none. */
  readonly laps: readonly Lap[];
  /** When the timer was stopped; in order, not overlapping. */
  readonly timerPauses: readonly Span[];
  /** Maker and product, as far as the file says: `garmin edge810`. */
  readonly device?: string;
  /** Title in the file. */
  readonly name?: string;
  readonly totals: DeviceTotals;
}

/** What could be saved from a file that is cut short. */
export interface Rescue {
  readonly reason: 'cutShort';
  /** How far the file could be read. */
  readonly readBytes: number;
  /** How long it should have been; absent when the file does not say. */
  readonly expectedBytes?: number;
  /** How much of the recording is there, over all legs. */
  readonly rescuedSeconds: number;
}

/** One uploaded file, read. */
export interface Recording {
  readonly format: TrackFormat;
  /** In order of time; at least one, one per sport of a multisport recording, transitions left out. */
  readonly legs: readonly Leg[];
  /** Present when the file was cut short and only its beginning could be read. */
  readonly rescued?: Rescue;
}

/** Instants in a recording: a week at one a second. Longer files are refused, not thinned. */
export const MAX_POINTS = 7 * 24 * 3600;

/** From first to last instant; the longest races take about three weeks, a wrong clock takes years. */
export const MAX_ELAPSED_SECONDS = 31 * 24 * 3600;

/** A file cut short is worth saving from a minute on; less is a wrong press of the button. */
export const MIN_RESCUED_SECONDS = 60;
