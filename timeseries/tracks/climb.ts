import { movingMean } from './moving-mean.js';
import type { Samples } from './recording.js';

// Five seconds to each side take out what a barometer and a receiver jitter, and leave a bridge.
const HALF_WINDOW_SECONDS = 5;

// Turns of less than this are noise. Within 12 % of the climb that four devices summed up, but on flat land.
const MIN_TURN_METERS = 2;

/** Altitude without jitter, in metres; `undefined` when none was measured. */
export function smoothAltitude({ channels, elapsedSeconds }: Samples): Float64Array | undefined {
  return channels.altitude && movingMean(channels.altitude, elapsedSeconds, HALF_WINDOW_SECONDS);
}

/**
 * Metres up and down between the turning points of a profile: from each trough to the peak after it, and on. A turn
 * counts from two metres on, so that noise does not add up and a long climb is counted to its last centimetre.
 *
 * @param altitude as `smoothAltitude` gives it; NaN is skipped
 */
export function climbOf(altitude: Float64Array): { climbMeters: number; descentMeters: number } {
  let [climbMeters, descentMeters] = [0, 0];
  let [lowest, highest] = [Number.NaN, Number.NaN];
  let direction: 'unknown' | 'up' | 'down' = 'unknown';
  for (const meters of altitude) {
    if (Number.isNaN(meters)) continue;
    if (Number.isNaN(lowest)) lowest = highest = meters;
    if (direction !== 'down') highest = Math.max(highest, meters);
    if (direction !== 'up') lowest = Math.min(lowest, meters);
    if (direction !== 'down' && highest - meters >= MIN_TURN_METERS) {
      if (direction === 'up') climbMeters += highest - lowest;
      direction = 'down';
      lowest = meters;
    } else if (direction !== 'up' && meters - lowest >= MIN_TURN_METERS) {
      if (direction === 'down') descentMeters += highest - lowest;
      direction = 'up';
      highest = meters;
    }
  }
  if (direction === 'up') climbMeters += highest - lowest;
  if (direction === 'down') descentMeters += highest - lowest;
  return { climbMeters, descentMeters };
}
