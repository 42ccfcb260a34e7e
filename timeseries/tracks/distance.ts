import { metersBetween } from './earth.js';
import type { Samples } from './recording.js';

// A leg of a multisport recording may go on counting where the one before stopped.
const MAX_FIRST_METERS = 100;

// A wheel sensor with a wrong circumference is off by a tenth; what is off by half measured something else.
const BELIEVABLE_SHARE = [0.5, 2] as const;
const JUDGED_FROM_METERS = 500;

/**
 * Metres since the start of a leg at each sample: the device's own count when it is believable beside the positions,
 * else the way between the positions, else speed times time.
 *
 * @param timerSeconds as `pauses.ts` gives them: while the timer is stopped, moving between positions does not count
 * @returns never falling; `undefined` when nothing of it was measured
 */
export function distanceAlong(samples: Samples, timerSeconds: Float64Array): Float64Array | undefined {
  const counted = countedDistance(samples);
  const between = positionDistance(samples, timerSeconds);
  if (counted && isBelievable(counted, between, samples)) return counted;
  return between ?? speedDistance(samples, timerSeconds);
}

/** Judged from the first position to the last: before and behind, where none was found, the count may be all there is. */
function isBelievable(
  counted: Float64Array,
  between: Float64Array | undefined,
  { channels: { latitude } }: Samples,
): boolean {
  const betweenMeters = between?.at(-1) ?? 0;
  if (!latitude || betweenMeters < JUDGED_FROM_METERS) return (counted.at(-1) ?? 0) > 0;
  const [first, last] = [latitude.findIndex(isKnown), latitude.findLastIndex(isKnown)];
  const share = ((counted[last] ?? 0) - (counted[first] ?? 0)) / betweenMeters;
  return share >= BELIEVABLE_SHARE[0] && share <= BELIEVABLE_SHARE[1];
}

const isKnown = (value: number): boolean => !Number.isNaN(value);

/** The device's count from zero, without its falls and with its gaps filled by time. */
function countedDistance({ channels, length, elapsedSeconds }: Samples): Float64Array | undefined {
  const { distance } = channels;
  if (!distance) return undefined;
  const meters = new Float64Array(length);
  let total = 0;
  let last = Number.NaN;
  let lastAt = -1;
  for (let at = 0; at < length; at++) {
    const value = distance[at] ?? Number.NaN;
    if (Number.isNaN(value)) {
      meters[at] = total;
      continue;
    }
    const before = total;
    if (Number.isNaN(last)) total = value > MAX_FIRST_METERS ? 0 : value;
    else total += Math.max(0, value - last);
    fillBetween(meters, elapsedSeconds, lastAt, at, before, total);
    last = value;
    lastAt = at;
  }
  return meters;
}

function fillBetween(
  meters: Float64Array,
  elapsedSeconds: Float64Array,
  from: number,
  until: number,
  fromMeters: number,
  untilMeters: number,
): void {
  const start = elapsedSeconds[Math.max(from, 0)] ?? 0;
  const seconds = (elapsedSeconds[until] ?? 0) - start;
  for (let at = from + 1; at < until; at++) {
    const share = seconds > 0 ? ((elapsedSeconds[at] ?? 0) - start) / seconds : 0;
    meters[at] = fromMeters + share * (untilMeters - fromMeters);
  }
  meters[until] = untilMeters;
}

function positionDistance({ channels, length, elapsedSeconds }: Samples, timerSeconds: Float64Array) {
  const { latitude, longitude } = channels;
  if (!latitude || !longitude) return undefined;
  const meters = new Float64Array(length);
  let total = 0;
  let last = -1;
  let ranSeconds = 0;
  for (let at = 0; at < length; at++) {
    if (at > 0) ranSeconds += timerSeconds[at - 1] ?? 0;
    meters[at] = total;
    if (Number.isNaN(latitude[at])) continue;
    const before = total;
    if (last >= 0 && ranSeconds > 0) {
      total += metersBetween(
        latitude[last] ?? 0,
        longitude[last] ?? 0,
        latitude[at] ?? 0,
        longitude[at] ?? 0,
      );
    }
    fillBetween(meters, elapsedSeconds, last, at, before, total);
    last = at;
    ranSeconds = 0;
  }
  return meters;
}

function speedDistance({ channels, length }: Samples, timerSeconds: Float64Array): Float64Array | undefined {
  const { speed } = channels;
  if (!speed?.some((value) => value > 0)) return undefined;
  const meters = new Float64Array(length);
  for (let at = 1; at < length; at++) {
    meters[at] = (meters[at - 1] ?? 0) + (speed[at] || 0) * (timerSeconds[at - 1] ?? 0);
  }
  return meters;
}
