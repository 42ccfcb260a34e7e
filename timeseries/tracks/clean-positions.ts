import { metersBetween } from './earth.js';
import type { Samples } from './recording.js';
import { fastestMetersPerSecond, type Sport } from './sports.js';

// A receiver that lost its way finds back within seconds; who stays there was really carried there.
const MAX_SPIKE_POINTS = 10;

/**
 * Removes positions where nobody was: fixes at exactly 0°, 0°, which receivers write before they know better, and
 * spikes, short excursions that the sport's fastest could not have made. Only the position becomes NaN; what else
 * was measured at that instant stays.
 */
export function cleanPositions(samples: Samples, sport: Sport): Samples {
  const { latitude, longitude } = samples.channels;
  if (!latitude || !longitude) return samples;
  const drop = (at: number) => {
    latitude[at] = longitude[at] = Number.NaN;
  };
  for (let at = 0; at < samples.length; at++) {
    if (latitude[at] === 0 && longitude[at] === 0) drop(at);
  }
  const cap = fastestMetersPerSecond(sport);
  const isTooFar = (from: number, to: number) => {
    const seconds = (samples.elapsedSeconds[to] ?? 0) - (samples.elapsedSeconds[from] ?? 0);
    const meters = metersBetween(
      latitude[from] ?? 0,
      longitude[from] ?? 0,
      latitude[to] ?? 0,
      longitude[to] ?? 0,
    );
    return meters > cap * seconds;
  };
  let last = -1;
  for (let at = 0; at < samples.length; at++) {
    if (Number.isNaN(latitude[at])) continue;
    const back = last >= 0 && isTooFar(last, at) ? returnFrom(at) : at;
    for (let spike = at; spike < back; spike++) drop(spike);
    last = back;
    at = back;
  }
  return samples;

  /** The next point that can be reached from before the spike; the spike itself when there is none soon. */
  function returnFrom(spike: number): number {
    const until = Math.min(spike + MAX_SPIKE_POINTS, samples.length - 1);
    for (let at = spike + 1; at <= until; at++) {
      if (!Number.isNaN(latitude?.[at]) && !isTooFar(last, at)) return at;
    }
    return spike;
  }
}
