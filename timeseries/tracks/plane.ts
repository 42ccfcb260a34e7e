import { RADIUS_METERS } from './earth.js';

/** A point of a flat map, in metres from its centre. */
export interface PlanePoint {
  readonly east: number;
  readonly north: number;
}

const RADIANS_PER_DEGREE = Math.PI / 180;

/**
 * A flat map around a place on which distances from the place are true; works across the date line and at the poles.
 *
 * @returns turns degrees into metres
 * @see Snyder 1987, "Map Projections: A Working Manual", azimuthal equidistant
 */
export function projection(centre: { readonly latitude: number; readonly longitude: number }) {
  const [sin0, cos0] = sinCos(centre.latitude);
  return (latitude: number, longitude: number): PlanePoint => {
    const [sin1, cos1] = sinCos(latitude);
    const [sinEast, cosEast] = sinCos(longitude - centre.longitude);
    const east = cos1 * sinEast;
    const north = cos0 * sin1 - sin0 * cos1 * cosEast;
    const sine = Math.hypot(east, north);
    const angle = Math.atan2(sine, sin0 * sin1 + cos0 * cos1 * cosEast);
    const scale = RADIUS_METERS * (sine === 0 ? 1 : angle / sine);
    return { east: east * scale, north: north * scale };
  };
}

/** The way back: turns metres of the flat map around a place into degrees. */
export function inverseProjection(centre: { readonly latitude: number; readonly longitude: number }) {
  const [sin0, cos0] = sinCos(centre.latitude);
  return ({ east, north }: PlanePoint): { latitude: number; longitude: number } => {
    const meters = Math.hypot(east, north);
    if (meters === 0) return { latitude: centre.latitude, longitude: centre.longitude };
    const [sin, cos] = [Math.sin(meters / RADIUS_METERS), Math.cos(meters / RADIUS_METERS)];
    const latitude = Math.asin(Math.max(-1, Math.min(1, cos * sin0 + (north * sin * cos0) / meters)));
    const turned = Math.atan2(east * sin, meters * cos0 * cos - north * sin0 * sin);
    const longitude = centre.longitude + turned / RADIANS_PER_DEGREE;
    return {
      latitude: latitude / RADIANS_PER_DEGREE,
      longitude: longitude - 360 * Math.round(longitude / 360),
    };
  };
}

function sinCos(degrees: number): readonly [sine: number, cosine: number] {
  return [Math.sin(degrees * RADIANS_PER_DEGREE), Math.cos(degrees * RADIANS_PER_DEGREE)];
}
