import { movingMean } from './moving-mean.js';
import type { Samples } from './recording.js';
import { fastestMetersPerSecond, type Sport } from './sports.js';

// Receivers place a point to a few metres: over less time their jitter looks like speed.
const SPEED_HALF_WINDOW_SECONDS = 4;
// A centred window may reach over a gap in smart recording, but not over a stop.
const MAX_GAP_SECONDS = 30;

const GRADE_HALF_WINDOW_METERS = 25;
const MIN_GRADE_WINDOW_METERS = 10;
const STEEPEST_RATIO = 0.5;

/** A file's own speed is kept if it covers most of the recording. */
const MIN_COVERAGE = 0.5;

/**
 * Metres a second: the device's own where it has any, else from the distance over eight seconds.
 *
 * @param distance metres since the start, as `distance.ts` gives it
 */
export function speedAlong(
  samples: Samples,
  distance: Float64Array | undefined,
  sport: Sport,
): Float64Array | undefined {
  const { speed } = samples.channels;
  if (!distance) return speed;
  if (!speed || coverage(speed) < MIN_COVERAGE) return speedFrom(distance, samples.elapsedSeconds, sport);
  if (!speed.some(Number.isNaN)) return speed;
  const derived = speedFrom(distance, samples.elapsedSeconds, sport);
  return speed.map((value, at) => (Number.isNaN(value) ? (derived[at] ?? value) : value));
}

/**
 * Metres up per metre forward, from the smoothed altitude over fifty metres of way; where somebody stands still, the
 * grade of where they stopped.
 *
 * @param altitude as `climb.ts` smooths it
 */
export function gradeAlong(altitude: Float64Array, distance: Float64Array): Float64Array {
  const smoothed = movingMean(altitude, distance, GRADE_HALF_WINDOW_METERS / 2);
  const grade = new Float64Array(altitude.length);
  let [from, until] = [0, 0];
  let last = 0;
  for (let at = 0; at < altitude.length; at++) {
    const centre = distance[at] ?? 0;
    while ((distance[from] ?? 0) < centre - GRADE_HALF_WINDOW_METERS) from++;
    while (until + 1 < altitude.length && (distance[until] ?? 0) < centre + GRADE_HALF_WINDOW_METERS) until++;
    const meters = (distance[until] ?? 0) - (distance[from] ?? 0);
    const ratio = ((smoothed[until] ?? 0) - (smoothed[from] ?? 0)) / meters;
    if (meters >= MIN_GRADE_WINDOW_METERS && !Number.isNaN(ratio)) {
      last = Math.max(-STEEPEST_RATIO, Math.min(STEEPEST_RATIO, ratio));
    }
    grade[at] = last;
  }
  return grade;
}

function speedFrom(distance: Float64Array, elapsedSeconds: Float64Array, sport: Sport): Float64Array {
  const fastest = fastestMetersPerSecond(sport);
  const isGapAfter = (at: number) =>
    (elapsedSeconds[at + 1] ?? 0) - (elapsedSeconds[at] ?? 0) > MAX_GAP_SECONDS;
  const speed = new Float64Array(distance.length);
  let [from, until] = [0, 0];
  for (let at = 0; at < distance.length; at++) {
    const centre = elapsedSeconds[at] ?? 0;
    while (from < at && (elapsedSeconds[from] ?? 0) < centre - SPEED_HALF_WINDOW_SECONDS) from++;
    if (at > 0 && isGapAfter(at - 1)) from = at;
    until = Math.max(until, at);
    while (until + 1 < distance.length && (elapsedSeconds[until] ?? 0) < centre + SPEED_HALF_WINDOW_SECONDS) {
      if (isGapAfter(until)) break;
      until++;
    }
    const seconds = (elapsedSeconds[until] ?? 0) - (elapsedSeconds[from] ?? 0);
    const meters = (distance[until] ?? 0) - (distance[from] ?? 0);
    speed[at] = seconds > 0 ? Math.min(meters / seconds, fastest) : 0;
  }
  return speed;
}

function coverage(values: Float64Array): number {
  let present = 0;
  for (const value of values) if (!Number.isNaN(value)) present++;
  return present / values.length;
}
