import { METERS_PER_DEGREE } from './earth.js';
import type { Positions } from './polyline.js';

// Douglas and Peucker take n² steps in the worst case; in blocks that is 1,024 × n, for a few points more.
const BLOCK_POINTS = 1024;

/**
 * Picks the positions that keep a track's shape: no left-out one lies further from the line through the kept ones
 * than the tolerance. First and last are always kept, missing positions never.
 *
 * @param toleranceMeters > 0
 * @returns indices, rising
 * @see Douglas & Peucker 1973, "Algorithms for the reduction of the number of points"
 */
export function simplify(positions: Positions, toleranceMeters: number): Uint32Array {
  const present = presentIndices(positions.latitude);
  const kept = new Uint8Array(present.length);
  if (present.length > 0) kept[0] = kept[present.length - 1] = 1;
  for (let first = 0; first < present.length - 1; first += BLOCK_POINTS) {
    const last = Math.min(first + BLOCK_POINTS, present.length - 1);
    kept[first] = kept[last] = 1;
    keepCorners(inMeters(positions, present.subarray(first, last + 1)), toleranceMeters, kept, first);
  }
  return present.filter((_, at) => kept[at] === 1);
}

interface Plane {
  readonly east: Float64Array;
  readonly north: Float64Array;
}

function keepCorners(
  { east, north }: Plane,
  toleranceMeters: number,
  kept: Uint8Array,
  offset: number,
): void {
  const open: [from: number, until: number][] = [[0, east.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, until] = span;
    let furthest = -1;
    let furthestMeters = toleranceMeters;
    for (let at = from + 1; at < until; at++) {
      const meters = metersFromLine(east, north, at, from, until);
      if (meters > furthestMeters) {
        furthest = at;
        furthestMeters = meters;
      }
    }
    if (furthest < 0) continue;
    kept[offset + furthest] = 1;
    open.push([from, furthest], [furthest, until]);
  }
}

/** Distance from the piece between two points, so that a way out and back keeps its far end. */
function metersFromLine(
  east: Float64Array,
  north: Float64Array,
  at: number,
  from: number,
  until: number,
): number {
  const x = (east[at] ?? 0) - (east[from] ?? 0);
  const y = (north[at] ?? 0) - (north[from] ?? 0);
  const alongX = (east[until] ?? 0) - (east[from] ?? 0);
  const alongY = (north[until] ?? 0) - (north[from] ?? 0);
  const squared = alongX * alongX + alongY * alongY;
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * alongX + y * alongY) / squared));
  return Math.hypot(x - share * alongX, y - share * alongY);
}

/** A flat map around the first position; across the date line longitudes go on beyond 180. */
function inMeters({ latitude, longitude }: Positions, indices: Uint32Array): Plane {
  const first = indices[0] ?? 0;
  const [latitude0, longitude0] = [latitude[first] ?? 0, longitude[first] ?? 0];
  const metersPerDegreeEast = METERS_PER_DEGREE * Math.cos((latitude0 * Math.PI) / 180);
  const east = new Float64Array(indices.length);
  const north = new Float64Array(indices.length);
  indices.forEach((index, at) => {
    const degreesEast = (longitude[index] ?? 0) - longitude0;
    east[at] = (degreesEast - 360 * Math.round(degreesEast / 360)) * metersPerDegreeEast;
    north[at] = ((latitude[index] ?? 0) - latitude0) * METERS_PER_DEGREE;
  });
  return { east, north };
}

function presentIndices(latitude: Float64Array): Uint32Array {
  const indices = new Uint32Array(latitude.length);
  let length = 0;
  for (let at = 0; at < latitude.length; at++) if (!Number.isNaN(latitude[at])) indices[length++] = at;
  return indices.subarray(0, length);
}
