/** Of a sphere as large as the earth. */
export const RADIUS_METERS = 6_371_008.8;
const RADIANS_PER_DEGREE = Math.PI / 180;

/**
 * Distance between two points on a sphere as large as the earth, by the haversine formula.
 *
 * @returns metres; at most 0.6 % off the ellipsoid
 */
export function metersBetween(
  fromLatitude: number,
  fromLongitude: number,
  toLatitude: number,
  toLongitude: number,
): number {
  const halfNorth = Math.sin(((toLatitude - fromLatitude) * RADIANS_PER_DEGREE) / 2);
  const halfEast = Math.sin(((toLongitude - fromLongitude) * RADIANS_PER_DEGREE) / 2);
  const chord =
    halfNorth * halfNorth +
    halfEast *
      halfEast *
      Math.cos(fromLatitude * RADIANS_PER_DEGREE) *
      Math.cos(toLatitude * RADIANS_PER_DEGREE);
  return 2 * RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Metres to the north of one degree of latitude; to the east, times the cosine of the latitude. */
export const METERS_PER_DEGREE = RADIUS_METERS * RADIANS_PER_DEGREE;
