import { createHmac } from 'node:crypto';
import { METERS_PER_DEGREE } from './earth.js';
import { inverseProjection, type PlanePoint, projection } from './plane.js';

/** A place on the globe, in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** How much is hidden around a place, from the least; an athlete asks for one of the first three. */
export const ZONE_SIZES = ['small', 'medium', 'large', 'largest'] as const;

/** One of `ZONE_SIZES`. */
export type ZoneSize = (typeof ZONE_SIZES)[number];

/** What is hidden: everything within a polygon whose corners stand at equal angles around a centre, clockwise from north. */
export interface HiddenShape {
  readonly centre: Place;
  /** How far each corner is from the centre. */
  readonly radiiMeters: readonly number[];
}

interface Measures {
  /** Side of the tile in which the place can be anywhere. */
  readonly tileMeters: number;
  /** How far the border is from the tile, at least and at most. */
  readonly marginMeters: readonly [least: number, most: number];
}

// Who knows the whole border knows the tile, and no more: a guess within 50 m of the place succeeds once in 8, 15, 38
// and 81 times. Borders are some 0.6, 0.8, 1.3 and 1.8 km from the centre.
const MEASURES: Readonly<Record<ZoneSize, Measures>> = {
  small: { tileMeters: 250, marginMeters: [60, 180] },
  medium: { tileMeters: 350, marginMeters: [80, 260] },
  large: { tileMeters: 550, marginMeters: [120, 400] },
  largest: { tileMeters: 800, marginMeters: [150, 550] },
};

// Whoever leaves in all directions alike leaves, on the average, half-way between the place and the centre of the shape.
// The centre lies up to so many tiles beside that of its tile, and then this average is spread as widely as the tile.
const SHIFT_TILES = 1.12;

const CORNERS = 20;

/**
 * The shape around a place. It follows from the athlete's secret, the size and the **tile** that the place lies in, of a
 * tessellation that the secret lays over the globe: all places of a tile have the same shape, so nothing about the
 * shape tells where in its tile the place is.
 *
 * @param secret of the athlete; whoever does not know it can guess neither tiles nor corners
 */
export function hiddenShape(secret: Uint8Array, size: ZoneSize, place: Place): HiddenShape {
  const { marginMeters, tileMeters } = MEASURES[size];
  const tile = tileAt(secret, size, place);
  const [least, most] = marginMeters;
  const [turn = 0, far = 0] = keyedShares(secret, `shift ${size} ${tile.name}`, 2);
  const mostShift = SHIFT_TILES * tileMeters;
  const shift = Math.sqrt(far) * mostShift; // evenly over a disc
  const centre = inverseProjection(tile.centre)({
    east: shift * Math.sin(2 * Math.PI * turn),
    north: shift * Math.cos(2 * Math.PI * turn),
  });
  // The edge between two corners runs nearer to the centre than they are.
  const stretch = 1 / Math.cos(Math.PI / CORNERS);
  const radiiMeters = keyedShares(secret, `corners ${size} ${tile.name}`, CORNERS).map((share) =>
    Math.round((tile.reachMeters + mostShift + least + share * (most - least)) * stretch),
  );
  return { centre, radiiMeters };
}

/** Tells whether places, given in the plane of a shape's centre, are within the shape; its border is. */
export function isWithin({ radiiMeters }: HiddenShape, { east, north }: PlanePoint): boolean {
  const turn = (2 * Math.PI) / radiiMeters.length;
  const angle = (Math.atan2(east, north) + 2 * Math.PI) % (2 * Math.PI);
  const corner = Math.min(Math.floor(angle / turn), radiiMeters.length - 1);
  const one = radiiMeters[corner] ?? 0;
  const next = radiiMeters[(corner + 1) % radiiMeters.length] ?? 0;
  const past = angle - corner * turn;
  // Where the ray towards the place meets the edge between the two corners.
  const border = (one * next * Math.sin(turn)) / (one * Math.sin(past) + next * Math.sin(turn - past));
  return Math.hypot(east, north) <= border;
}

/** The corners of a shape in the plane of its centre, in order. */
export function cornersOf({ radiiMeters }: HiddenShape): PlanePoint[] {
  return radiiMeters.map((meters, corner) => {
    const angle = (2 * Math.PI * corner) / radiiMeters.length;
    return { east: meters * Math.sin(angle), north: meters * Math.cos(angle) };
  });
}

/** Places along the border of a shape, in order, at most so far apart. */
export function borderOf(shape: HiddenShape, stepMeters: number): Place[] {
  const corners = cornersOf(shape);
  const place = inverseProjection(shape.centre);
  return corners.flatMap((from, at) => {
    const to = corners[(at + 1) % corners.length] ?? from;
    const steps = Math.ceil(Math.hypot(to.east - from.east, to.north - from.north) / stepMeters);
    return Array.from({ length: steps }, (_, step) =>
      place({
        east: from.east + ((to.east - from.east) * step) / steps,
        north: from.north + ((to.north - from.north) * step) / steps,
      }),
    );
  });
}

/** Whether a place is within a shape. */
export function hides(shape: HiddenShape, { latitude, longitude }: Place): boolean {
  return isWithin(shape, projection(shape.centre)(latitude, longitude));
}

interface Tile {
  /** Different for each tile of a size. */
  readonly name: string;
  readonly centre: Place;
  /** How far its corners are from its centre, at most. */
  readonly reachMeters: number;
}

// Meridians meet at the poles: the last tiles there are one, round one.
const POLAR_TILES = 3;
const POLAR_DEGREES = 1;

function tileAt(secret: Uint8Array, size: ZoneSize, { latitude, longitude }: Place): Tile {
  const { tileMeters } = MEASURES[size];
  const rowDegrees = tileMeters / METERS_PER_DEGREE;
  if (90 - Math.abs(latitude) <= POLAR_TILES * rowDegrees) {
    const pole = Math.sign(latitude) * 90;
    return {
      name: `pole ${pole}`,
      centre: { latitude: pole, longitude: 0 },
      reachMeters: POLAR_TILES * tileMeters,
    };
  }
  const [rowShift = 0] = keyedShares(secret, `rows ${size}`, 1);
  const row = Math.floor((latitude + 90) / rowDegrees + rowShift);
  const rowLatitude = (row + 0.5 - rowShift) * rowDegrees - 90;
  const around = 360 * METERS_PER_DEGREE * Math.cos((rowLatitude * Math.PI) / 180);
  const columns = Math.max(1, Math.floor(around / tileMeters));
  const [columnShift = 0] = keyedShares(secret, `columns ${size} ${row}`, 1);
  const column = Math.floor((((longitude + 180) / 360) * columns + columnShift) % columns);
  const east = ((((column + 0.5 - columnShift) / columns) * 360 + 360) % 360) - 180;
  const isPolar = 90 - Math.abs(rowLatitude) < POLAR_DEGREES;
  return {
    name: `${row}/${column}`,
    centre: { latitude: rowLatitude, longitude: east },
    reachMeters: (isPolar ? 0.9 : 0.72) * tileMeters,
  };
}

const BYTES_PER_SHARE = 4;
const SHARES_PER_DIGEST = 8;

/** Numbers in `[0, 1)` that follow from the secret and a text, and look like chance to everybody else. */
function keyedShares(secret: Uint8Array, text: string, count: number): number[] {
  const shares: number[] = [];
  for (let block = 0; shares.length < count; block++) {
    const digest = createHmac('sha256', secret).update(`hidden shape 1 ${text} ${block}`).digest();
    for (let at = 0; at < SHARES_PER_DIGEST && shares.length < count; at++) {
      shares.push(digest.readUInt32BE(at * BYTES_PER_SHARE) / 2 ** 32);
    }
  }
  return shares;
}
