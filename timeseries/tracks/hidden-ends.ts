import { metersBetween } from './earth.js';
import type { Place } from './hidden-shapes.js';
import type { Positions } from './polyline.js';

// A receiver's error and a way around the house; less than the least margin of any shape, so that whatever stands for an
// end hides it.
const SAME_END_METERS = 40;

/** The first and the last place of a way; none without positions. */
export function endsOf({ latitude, longitude }: Positions): Place[] {
  const isPresent = (degrees: number) => !Number.isNaN(degrees);
  const [first, last] = [latitude.findIndex(isPresent), latitude.findLastIndex(isPresent)];
  if (first < 0) return [];
  return [...new Set([first, last])].map((at) => ({
    latitude: latitude[at] ?? 0,
    longitude: longitude[at] ?? 0,
  }));
}

/**
 * Those of some ends for which no other stands yet, each far from the others: they have to become ends that stand for
 * what is near them. So a house at the edge of a tile has one shape and not two by turns, which would give the edge away.
 */
export function newEnds(ends: readonly Place[], known: readonly Place[]): Place[] {
  const found: Place[] = [];
  for (const end of ends) {
    const isKnown = [...known, ...found].some(
      ({ latitude, longitude }) =>
        metersBetween(end.latitude, end.longitude, latitude, longitude) <= SAME_END_METERS,
    );
    if (!isKnown) found.push(end);
  }
  return found;
}
