import type { Samples } from './recording.js';
import { familyOf, type Sport, type SportFamily } from './sports.js';

/** The fastest stretch of an activity over a distance, pauses within it included. */
export interface BestDistance {
  readonly distanceMeters: number;
  readonly elapsedSeconds: number;
  /** Since the start of the activity. */
  readonly startSeconds: number;
}

/** The strongest stretch of an activity over a time. */
export interface BestPower {
  readonly durationSeconds: number;
  readonly powerWatts: number;
  /** Since the start of the activity. */
  readonly startSeconds: number;
}

const MILE_METERS = 1609.344;
const HALF_MARATHON_METERS = 21_097.5;
const MARATHON_METERS = 42_195;

/** Distances that are looked for in each family of sports. */
export const BEST_DISTANCES_METERS: Readonly<Record<SportFamily, readonly number[]>> = {
  running: [
    400,
    800,
    1000,
    MILE_METERS,
    3000,
    5000,
    10_000,
    15_000,
    HALF_MARATHON_METERS,
    30_000,
    MARATHON_METERS,
    50_000,
    100_000,
  ],
  cycling: [5000, 10_000, 20_000, 40_000, 50_000, 90_000, 100_000, 180_000, 200_000, 300_000],
  walking: [1000, 5000, 10_000, HALF_MARATHON_METERS, MARATHON_METERS],
  swimming: [100, 400, 750, 1500, 1900, 3800, 5000, 10_000],
  gliding: [500, 1000, 2000, 5000, 10_000, HALF_MARATHON_METERS, MARATHON_METERS],
  stationary: [],
  unknown: [],
};

/** Times over which the best power is looked for. */
export const BEST_POWER_SECONDS = [5, 15, 60, 300, 600, 1200, 3600] as const;

// A sensor that is silent for longer has lost its power, not kept it.
const MAX_HOLD_SECONDS = 10;

/** The fastest time of each usual distance that the activity is long enough for. */
export function bestDistances(
  { elapsedSeconds, channels: { distance } }: Samples,
  sport: Sport,
): BestDistance[] {
  if (!distance) return [];
  return BEST_DISTANCES_METERS[familyOf(sport)].flatMap((distanceMeters) => {
    const best = fastest(distance, elapsedSeconds, distanceMeters);
    return best ? [{ distanceMeters, ...best }] : [];
  });
}

/** The highest mean power of each usual time that the activity is long enough for. */
export function bestPowers({ elapsedSeconds, length, channels: { power } }: Samples): BestPower[] {
  if (!power) return [];
  const joules = new Float64Array(length);
  for (let at = 1; at < length; at++) {
    const held = Math.min((elapsedSeconds[at] ?? 0) - (elapsedSeconds[at - 1] ?? 0), MAX_HOLD_SECONDS);
    joules[at] = (joules[at - 1] ?? 0) + (power[at - 1] || 0) * held;
  }
  return BEST_POWER_SECONDS.flatMap((durationSeconds) => {
    const best = strongest(joules, elapsedSeconds, durationSeconds);
    return best ? [{ durationSeconds, ...best }] : [];
  });
}

/** Slides a stretch of one distance over the way; each ends at a sample and starts between two. */
function fastest(distance: Float64Array, elapsedSeconds: Float64Array, meters: number) {
  let best: { elapsedSeconds: number; startSeconds: number } | undefined;
  let from = 0;
  for (let at = 0; at < distance.length; at++) {
    const startMeters = (distance[at] ?? 0) - meters;
    if (startMeters < (distance[0] ?? 0)) continue;
    while (from + 1 < distance.length && (distance[from + 1] ?? 0) <= startMeters) from++;
    const startSeconds = between(distance, elapsedSeconds, from, startMeters);
    const seconds = (elapsedSeconds[at] ?? 0) - startSeconds;
    if (seconds > 0 && seconds < (best?.elapsedSeconds ?? Infinity)) {
      best = { elapsedSeconds: seconds, startSeconds };
    }
  }
  return best;
}

function strongest(joules: Float64Array, elapsedSeconds: Float64Array, durationSeconds: number) {
  let best: { powerWatts: number; startSeconds: number } | undefined;
  let from = 0;
  for (let at = 0; at < joules.length; at++) {
    const startSeconds = (elapsedSeconds[at] ?? 0) - durationSeconds;
    if (startSeconds < 0) continue;
    while (from + 1 < joules.length && (elapsedSeconds[from + 1] ?? 0) <= startSeconds) from++;
    const powerWatts =
      ((joules[at] ?? 0) - between(elapsedSeconds, joules, from, startSeconds)) / durationSeconds;
    if (powerWatts > (best?.powerWatts ?? 0)) best = { powerWatts, startSeconds };
  }
  return best;
}

/** The value of `ys` where `xs`, rising from entry `from` on, reaches `x`. */
function between(xs: Float64Array, ys: Float64Array, from: number, x: number): number {
  const [x0, x1] = [xs[from] ?? 0, xs[from + 1] ?? 0];
  const [y0, y1] = [ys[from] ?? 0, ys[from + 1] ?? 0];
  return x1 > x0 ? y0 + ((x - x0) / (x1 - x0)) * (y1 - y0) : y0;
}
