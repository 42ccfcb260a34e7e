import { randomFrom } from './random.js';

/** A point of a road. */
export interface RoadPoint {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitudeMeters: number;
}

/** A closed loop of road through imaginary hills. */
export interface Loop {
  readonly lengthMeters: number;
  /** The point after so many metres; after a whole round it starts again. */
  pointAt(meters: number): RoadPoint;
}

const METERS_PER_DEGREE = 111_195;
const POINTS = 2000;

/**
 * A loop that starts and ends at a place. The same place, length and seed give the same road, so that simulated
 * athletes meet on it.
 *
 * @param seed of the road, not of the ride
 */
export function loopAt(
  place: { latitude: number; longitude: number },
  lengthMeters: number,
  seed: number,
): Loop {
  const random = randomFrom(seed);
  const waves = [2, 3, 5, 8].map((count) => ({
    count,
    share: (0.28 * random.even()) / Math.sqrt(count),
    phase: 2 * Math.PI * random.even(),
  }));
  const heading = 2 * Math.PI * random.even();
  const outline = Array.from({ length: POINTS + 1 }, (_, at) => {
    const angle = (2 * Math.PI * at) / POINTS;
    const radius = waves.reduce(
      (sum, { count, share, phase }) => sum + share * Math.cos(count * angle + phase),
      1,
    );
    return { east: radius * Math.cos(angle + heading), north: radius * Math.sin(angle + heading) };
  });
  const start = outline[0] ?? { east: 0, north: 0 };
  const lengths = [0];
  for (let at = 1; at <= POINTS; at++) {
    const [one, other] = [outline[at - 1] ?? start, outline[at] ?? start];
    lengths.push((lengths[at - 1] ?? 0) + Math.hypot(other.east - one.east, other.north - one.north));
  }
  const scale = lengthMeters / (lengths[POINTS] ?? 1);
  const pointAt = (meters: number): RoadPoint => {
    const along = (meters % lengthMeters) / scale;
    const at = lastAtMost(lengths, along);
    const [one, other] = [outline[at] ?? start, outline[at + 1] ?? start];
    const share = (along - (lengths[at] ?? 0)) / ((lengths[at + 1] ?? 0) - (lengths[at] ?? 0) || 1);
    const east = (one.east + share * (other.east - one.east) - start.east) * scale;
    const north = (one.north + share * (other.north - one.north) - start.north) * scale;
    const latitude = place.latitude + north / METERS_PER_DEGREE;
    const longitude =
      place.longitude + east / (METERS_PER_DEGREE * Math.cos((place.latitude * Math.PI) / 180));
    return { latitude, longitude, altitudeMeters: heightAt(latitude, longitude) };
  };
  return { lengthMeters, pointAt };
}

/** Height of the imaginary land at any place on earth: long hills, short ones and bumps, from 100 to 480 metres. */
export function heightAt(latitude: number, longitude: number): number {
  const north = latitude * METERS_PER_DEGREE;
  const east = longitude * METERS_PER_DEGREE * 0.7;
  const wave = (meters: number, lean: number) => Math.sin((2 * Math.PI * (east * lean + north)) / meters);
  return 290 + 90 * wave(14_000, 0.6) + 60 * wave(9000, -1.1) + 28 * wave(3700, 0.3) + 9 * wave(1300, -0.7);
}

function lastAtMost(rising: readonly number[], value: number): number {
  let [low, high] = [0, rising.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((rising[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
