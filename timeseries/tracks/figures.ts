import { climbOf } from './climb.js';
import type { Samples, Span } from './recording.js';

/** What a stretch of an activity comes to; a figure that was not measured is absent. */
export interface Figures {
  readonly elapsedSeconds: number;
  /** Timer pauses and standing left out. */
  readonly movingSeconds: number;
  readonly distanceMeters?: number;
  readonly climbMeters?: number;
  readonly descentMeters?: number;
  readonly lowestAltitudeMeters?: number;
  readonly highestAltitudeMeters?: number;
  /** Distance over moving time. */
  readonly averageSpeedMetersPerSecond?: number;
  readonly maxSpeedMetersPerSecond?: number;
  /** Averages of sensors are over the time of the timer. */
  readonly averageHeartRateBpm?: number;
  readonly maxHeartRateBpm?: number;
  /** One crank, leg or arm; without the time at rest. */
  readonly averageCadenceRpm?: number;
  readonly maxCadenceRpm?: number;
  /** With the time at 0 W. */
  readonly averagePowerWatts?: number;
  readonly maxPowerWatts?: number;
  readonly averageTemperatureCelsius?: number;
}

/** A leg with all its channels, and what its intervals are worth. */
export interface MeasuredTrack {
  /** `distance` and `speed` are complete here, if there is any way at all. */
  readonly samples: Samples;
  /** Seconds of the interval behind each sample in which the timer ran; the last is 0. */
  readonly timerSeconds: Float64Array;
  /** Seconds of the same in which somebody moved. */
  readonly movingSeconds: Float64Array;
  readonly altitude: Float64Array | undefined;
}

// A sensor's value holds until the next, but not through a gap in which it was lost.
const MAX_HOLD_SECONDS = 30;

/** Figures of a stretch, both ends anywhere between samples. */
export function figuresWithin(track: MeasuredTrack, span: Span): Figures {
  const { samples } = track;
  const { distance, speed, heartRate, cadence, power, temperature } = samples.channels;
  const from = firstAtOrAfter(samples.elapsedSeconds, span.startSeconds);
  const until = firstAfter(samples.elapsedSeconds, span.endSeconds);
  const moving = secondsWithin(track.movingSeconds, samples.elapsedSeconds, span, from);
  const meters =
    distance && metersAt(samples, distance, span.endSeconds) - metersAt(samples, distance, span.startSeconds);
  const weights = track.timerSeconds;
  return {
    elapsedSeconds: span.endSeconds - span.startSeconds,
    movingSeconds: moving,
    ...(meters !== undefined && { distanceMeters: meters }),
    ...(meters !== undefined && moving > 0 && { averageSpeedMetersPerSecond: meters / moving }),
    ...(speed && named('maxSpeedMetersPerSecond', steadyMax(speed, from, until))),
    ...(track.altitude && altitudeFigures(track.altitude, from, until, samples.joints)),
    ...(heartRate && named('averageHeartRateBpm', weightedMean(heartRate, weights, from, until))),
    ...(heartRate && named('maxHeartRateBpm', maxOf(heartRate, from, until))),
    ...(cadence && named('averageCadenceRpm', weightedMean(cadence, weights, from, until, 1))),
    ...(cadence && named('maxCadenceRpm', maxOf(cadence, from, until))),
    ...(power && named('averagePowerWatts', weightedMean(power, weights, from, until))),
    ...(power && named('maxPowerWatts', maxOf(power, from, until))),
    ...(temperature && named('averageTemperatureCelsius', weightedMean(temperature, weights, from, until))),
  };
}

/** Metres since the start at any second, between two samples in proportion; what lies before the first counts. */
function metersAt({ elapsedSeconds }: Samples, distance: Float64Array, seconds: number): number {
  const after = firstAtOrAfter(elapsedSeconds, seconds);
  if (after === 0) return 0;
  if (after === distance.length) return distance.at(-1) ?? 0;
  const [before, behind] = [elapsedSeconds[after - 1] ?? 0, elapsedSeconds[after] ?? 0];
  const [meters, nextMeters] = [distance[after - 1] ?? 0, distance[after] ?? 0];
  return meters + ((seconds - before) / (behind - before)) * (nextMeters - meters);
}

function named<Name extends keyof Figures>(name: Name, value: number): Partial<Record<Name, number>> {
  const figure: Partial<Record<Name, number>> = {};
  if (Number.isFinite(value)) figure[name] = value;
  return figure;
}

function altitudeFigures(
  altitude: Float64Array,
  from: number,
  until: number,
  joints: readonly number[] = [],
): Partial<Figures> {
  const within = altitude.subarray(from, until);
  const lowest = -maxOf(
    within.map((meters) => -meters),
    0,
    within.length,
  );
  return {
    ...climbOfPieces(altitude, from, until, joints),
    ...named('lowestAltitudeMeters', lowest),
    ...named('highestAltitudeMeters', maxOf(within, 0, within.length)),
  };
}

/** Nobody knows how high somebody went between two pieces. */
function climbOfPieces(altitude: Float64Array, from: number, until: number, joints: readonly number[]) {
  let [climbMeters, descentMeters, start] = [0, 0, from];
  for (const end of [...joints.filter((joint) => joint > from && joint < until), until]) {
    const climb = climbOf(altitude.subarray(start, end));
    climbMeters += climb.climbMeters;
    descentMeters += climb.descentMeters;
    start = end;
  }
  return { climbMeters, descentMeters };
}

/** Sum over the intervals of a span, of which the first starts just before sample `from`. */
function secondsWithin(
  seconds: Float64Array,
  elapsedSeconds: Float64Array,
  span: Span,
  from: number,
): number {
  let sum = 0;
  for (let at = Math.max(0, from - 1); at + 1 < seconds.length; at++) {
    const start = elapsedSeconds[at] ?? 0;
    const end = elapsedSeconds[at + 1] ?? 0;
    if (start >= span.endSeconds) break;
    const shared = Math.min(end, span.endSeconds) - Math.max(start, span.startSeconds);
    if (shared > 0) sum += ((seconds[at] ?? 0) * shared) / (end - start);
  }
  return sum;
}

/** Mean of the values of at least `least`, each weighted by how long it held; NaN without any. */
function weightedMean(
  values: Float64Array,
  holdSeconds: Float64Array,
  from: number,
  until: number,
  least = -Infinity,
): number {
  let [sum, weights] = [0, 0];
  for (let at = from; at < until; at++) {
    const value = values[at] ?? Number.NaN;
    if (Number.isNaN(value) || value < least) continue;
    // The last sample has no interval behind it, and those of a pause have none that counts.
    const weight = Math.min(holdSeconds[at] || 1e-6, MAX_HOLD_SECONDS);
    sum += value * weight;
    weights += weight;
  }
  return sum / weights;
}

function maxOf(values: Float64Array, from: number, until: number): number {
  let max = -Infinity;
  for (let at = from; at < until; at++) {
    const value = values[at] ?? Number.NaN;
    if (value > max) max = value;
  }
  return max;
}

/** The highest value that a neighbour confirms: the middle one of three, so that a single spike does not count. */
function steadyMax(values: Float64Array, from: number, until: number): number {
  if (until - from < 3) return maxOf(values, from, until);
  let max = -Infinity;
  for (let at = from + 1; at + 1 < until; at++) {
    const a = values[at - 1] ?? 0;
    const b = values[at] ?? 0;
    const c = values[at + 1] ?? 0;
    const middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    if (middle > max) max = middle;
  }
  return max;
}

function firstAtOrAfter(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAfter(rising: Float64Array, value: number): number {
  let at = firstAtOrAfter(rising, value);
  while (at < rising.length && rising[at] === value) at++;
  return at;
}
