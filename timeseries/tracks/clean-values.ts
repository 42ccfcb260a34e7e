import type { Channel, Samples } from './recording.js';
import { fastestMetersPerSecond, type Sport } from './sports.js';

// Beyond these a sensor speaks nonsense: a strap without skin says 0, a lost one 255 or 65535.
const BELIEVABLE: Partial<Record<Channel, readonly [least: number, most: number]>> = {
  distance: [0, 20_000_000],
  altitude: [-500, 15_000],
  heartRate: [20, 250],
  cadence: [0, 250],
  power: [0, 4000],
  temperature: [-60, 70],
};

/** Turns numbers that nobody can have reached into NaN, and drops channels that hold nothing else. */
export function cleanValues(samples: Samples, sport: Sport): Samples {
  const channels = { ...samples.channels };
  const limits = { ...BELIEVABLE, speed: [0, fastestMetersPerSecond(sport)] as const };
  for (const channel of [
    'distance',
    'altitude',
    'speed',
    'heartRate',
    'cadence',
    'power',
    'temperature',
  ] as const) {
    const [least, most] = limits[channel] ?? [-Infinity, Infinity];
    const values = channels[channel];
    if (!values) continue;
    let kept = 0;
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? Number.NaN;
      if (value >= least && value <= most) kept++;
      else values[at] = Number.NaN;
    }
    if (kept === 0) delete channels[channel];
  }
  return { ...samples, channels };
}
