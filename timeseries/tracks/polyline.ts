/** Positions as columns; NaN where there is none. */
export interface Positions {
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
}

const PRECISION = 1e5;

/**
 * Writes positions as an encoded polyline of precision 5, about a metre; missing ones are left out.
 *
 * @param indices which positions, in order; all when absent
 * @see https://developers.google.com/maps/documentation/utilities/polylinealgorithm
 */
export function encodePolyline({ latitude, longitude }: Positions, indices?: Uint32Array): string {
  const codes: number[] = [];
  let lastLatitude = 0;
  let lastLongitude = 0;
  const length = indices?.length ?? latitude.length;
  for (let i = 0; i < length; i++) {
    const at = indices ? (indices[i] ?? 0) : i;
    const north = Math.round((latitude[at] ?? Number.NaN) * PRECISION);
    const east = Math.round((longitude[at] ?? Number.NaN) * PRECISION);
    if (Number.isNaN(north + east)) continue;
    pushNumber(codes, north - lastLatitude);
    pushNumber(codes, east - lastLongitude);
    lastLatitude = north;
    lastLongitude = east;
  }
  return new TextDecoder('latin1').decode(Uint8Array.from(codes));
}

/**
 * Reads an encoded polyline of precision 5.
 *
 * @throws {RangeError} when it ends within a position or holds a character that none has
 */
export function decodePolyline(polyline: string): Positions {
  const degrees: number[] = [];
  let value = 0;
  let shift = 0;
  const last = [0, 0];
  for (let at = 0; at < polyline.length; at++) {
    const bits = polyline.charCodeAt(at) - 63;
    if (bits < 0 || bits > 63 || shift > 30) throw new RangeError(`no polyline at character ${at}`);
    value += (bits & 0x1f) * 2 ** shift;
    shift += 5;
    if (bits & 0x20) continue;
    const axis = degrees.length % 2;
    const delta = value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    last[axis] = (last[axis] ?? 0) + delta;
    degrees.push((last[axis] ?? 0) / PRECISION);
    value = 0;
    shift = 0;
  }
  if (shift !== 0 || degrees.length % 2 === 1) throw new RangeError('the polyline ends within a position');
  return {
    latitude: Float64Array.from({ length: degrees.length / 2 }, (_, at) => degrees[at * 2] ?? 0),
    longitude: Float64Array.from({ length: degrees.length / 2 }, (_, at) => degrees[at * 2 + 1] ?? 0),
  };
}

/** Signed numbers have their sign in the last bit; five bits a character, 0x20 when more follow. */
function pushNumber(codes: number[], number: number): void {
  let rest = number < 0 ? -number * 2 - 1 : number * 2;
  while (rest >= 0x20) {
    codes.push((0x20 | (rest & 0x1f)) + 63);
    rest >>>= 5;
  }
  codes.push(rest + 63);
}
