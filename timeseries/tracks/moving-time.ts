import type { Samples } from './recording.js';
import { familyOf, type Sport, type SportFamily } from './sports.js';

// Slower than this is standing. Receivers drift at some 0.3 m/s; who runs up a mountain may walk at half a metre.
const STANDING_METERS_PER_SECOND: Readonly<Record<SportFamily, number>> = {
  cycling: 0.8,
  running: 0.4,
  walking: 0.3,
  swimming: 0.2,
  gliding: 0.3,
  stationary: 0,
  unknown: 0.3,
};

// In smart recording an interval is judged by its way, in a record a second by the speed at its ends.
const JUDGED_BY_WAY_FROM_SECONDS = 5;

// Nothing was recorded for so long: who has no way to show for it stood still.
const MAX_SILENT_SECONDS = 60;

// Less way than this says that the sport was done on the spot.
const MIN_WAY_METERS = 100;

/**
 * Seconds of each interval between two samples in which somebody moved: the timer ran, and they were faster than
 * standing. Without a way, such as on a trainer without speed, all the time of the timer counts.
 *
 * @param timerSeconds of each interval, as `pauses.ts` gives them
 * @param distance metres since the start, as `distance.ts` gives it
 * @param speed as `derived-channels.ts` gives it
 */
export function movingSeconds(
  { elapsedSeconds, length }: Samples,
  sport: Sport,
  timerSeconds: Float64Array,
  way: { distance: Float64Array | undefined; speed: Float64Array | undefined },
): Float64Array {
  const { distance, speed } = way;
  const standing = STANDING_METERS_PER_SECOND[familyOf(sport)];
  const hasWay = distance !== undefined && (distance.at(-1) ?? 0) >= MIN_WAY_METERS;
  const seconds = new Float64Array(length);
  for (let at = 0; at + 1 < length; at++) {
    const ranSeconds = timerSeconds[at] ?? 0;
    const lasted = (elapsedSeconds[at + 1] ?? 0) - (elapsedSeconds[at] ?? 0);
    if (!hasWay || !speed || standing === 0) {
      seconds[at] = lasted <= MAX_SILENT_SECONDS ? ranSeconds : 0;
      continue;
    }
    const metersPerSecond =
      lasted >= JUDGED_BY_WAY_FROM_SECONDS
        ? ((distance[at + 1] ?? 0) - (distance[at] ?? 0)) / Math.max(ranSeconds, 1)
        : ((speed[at] ?? 0) + (speed[at + 1] ?? 0)) / 2;
    seconds[at] = metersPerSecond >= standing ? ranSeconds : 0;
  }
  return seconds;
}
