import { METERS_PER_DEGREE } from './earth.js';
import type { HiddenShape } from './hidden-shapes.js';
import type { Positions } from './polyline.js';

/** Bounds of a way in degrees; longitudes may go beyond 180 where it crosses the date line. */
export interface TrackExtent {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

// In a gap somebody may have been elsewhere; that nobody goes farther than this and comes back unrecorded is our bet.
const REACH_METERS = 20_000;
const POLAR_DEGREES = 80;

/** Bounds of all positions; undefined without any. */
export function extentOf({ latitude, longitude }: Positions): TrackExtent | undefined {
  const [bounds, first] = [
    { south: 90, north: -90, west: 0, east: 0 },
    longitude.find((at) => !Number.isNaN(at)),
  ];
  if (first === undefined) return undefined;
  for (let at = 0; at < latitude.length; at++) {
    const degrees = latitude[at] ?? Number.NaN;
    if (Number.isNaN(degrees)) continue;
    const east = turned((longitude[at] ?? 0) - first);
    if (degrees < bounds.south) bounds.south = degrees;
    if (degrees > bounds.north) bounds.north = degrees;
    if (east < bounds.west) bounds.west = east;
    if (east > bounds.east) bounds.east = east;
  }
  return { ...bounds, west: first + bounds.west, east: first + bounds.east };
}

/** Whether anything of a way within these bounds can be hidden by a shape; true in doubt. */
export function isNear(
  { south, north, west, east }: TrackExtent,
  { centre, radiiMeters }: HiddenShape,
): boolean {
  const reachDegrees = (REACH_METERS + Math.max(...radiiMeters)) / METERS_PER_DEGREE;
  if (centre.latitude < south - reachDegrees || centre.latitude > north + reachDegrees) return false;
  const poleward = Math.max(Math.abs(south), Math.abs(north), Math.abs(centre.latitude));
  if (poleward > POLAR_DEGREES) return true;
  const reachEast = reachDegrees / Math.cos((poleward * Math.PI) / 180);
  const middle = (west + east) / 2;
  return Math.abs(turned(centre.longitude - middle)) <= (east - west) / 2 + reachEast;
}

/** An angle between -180 and 180. */
const turned = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);
