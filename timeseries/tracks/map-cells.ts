import { METERS_PER_DEGREE } from './earth.js';
import type { Place } from './hidden-shapes.js';
import type { Positions } from './polyline.js';

// As wide as a road with the error of a receiver, and narrower than the distance between most roads.
const CELL_METERS = 40;
const CELL_DEGREES = CELL_METERS / METERS_PER_DEGREE;

// More columns than any row has, so that row and column fit into one safe integer.
const COLUMNS_PER_ROW = 2_000_003;

/** Number of the map cell that a place lies in; the same map for everybody. */
export function mapCellAt({ latitude, longitude }: Place): number {
  const row = Math.floor((latitude + 90) / CELL_DEGREES);
  const rowLatitude = (row + 0.5) * CELL_DEGREES - 90;
  const columns = Math.max(1, Math.floor((360 * Math.cos((rowLatitude * Math.PI) / 180)) / CELL_DEGREES));
  const column = Math.floor((((longitude + 180) % 360) / 360) * columns);
  return row * COLUMNS_PER_ROW + column;
}

/** The map cells that somebody was in, each once, by number; cells between two recorded instants are not guessed. */
export function mapCellsOf({ latitude, longitude }: Positions): number[] {
  const cells = new Set<number>();
  for (let at = 0; at < latitude.length; at++) {
    const place = { latitude: latitude[at] ?? Number.NaN, longitude: longitude[at] ?? Number.NaN };
    if (!Number.isNaN(place.latitude)) cells.add(mapCellAt(place));
  }
  return [...cells].sort((a, b) => a - b);
}
