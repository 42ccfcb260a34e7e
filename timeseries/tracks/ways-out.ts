import {
  borderOf,
  type HiddenShape,
  hiddenShape,
  type Place,
  ZONE_SIZES,
  type ZoneSize,
} from './hidden-shapes.js';
import { mapCellAt } from './map-cells.js';

// With fewer, each of them tells a good part of where people come from.
const MIN_WAYS_OUT = 6;

// Half of a map cell, so that hardly any that the border touches is missed.
const BORDER_STEP_METERS = 20;

// A road that runs along the border for a moment, or a receiver's error, is no second way.
const MAX_BREAK_CELLS = 2;

/** Map cells that have to be known before `sizeThatHides` can tell a size. */
export function cellsAskedFor(secret: Uint8Array, wanted: ZoneSize, place: Place): number[] {
  const cells = grownSizes(wanted).flatMap((size) => borderCells(hiddenShape(secret, size, place)));
  return [...new Set(cells)].sort((a, b) => a - b);
}

/**
 * The least size, from the wanted one on, whose border enough ways cross; the largest where too few are known.
 *
 * It depends on the shapes alone, as they on their tiles, so it tells nothing more about the place.
 *
 * @param used those of `cellsAskedFor` that at least five athletes have used
 */
export function sizeThatHides(
  secret: Uint8Array,
  wanted: ZoneSize,
  place: Place,
  used: ReadonlySet<number>,
): ZoneSize {
  const size = grownSizes(wanted).find(
    (each) => waysOut(hiddenShape(secret, each, place), used) >= MIN_WAYS_OUT,
  );
  return size ?? 'largest';
}

/** How many ways cross the border of a shape: runs of used cells along it. */
export function waysOut(shape: HiddenShape, used: ReadonlySet<number>): number {
  const isUsed = borderCells(shape).map((cell) => used.has(cell));
  const first = isUsed.indexOf(true);
  if (first < 0) return 0;
  // From a used cell once around, so that no run is cut in two.
  const around = [...isUsed.slice(first), ...isUsed.slice(0, first)];
  let [ways, unused] = [1, 0];
  for (const used of around) {
    if (used && unused > MAX_BREAK_CELLS) ways++;
    unused = used ? 0 : unused + 1;
  }
  return ways > 1 && unused <= MAX_BREAK_CELLS ? ways - 1 : ways;
}

// Without the largest: whatever its border is like, nothing is larger.
function grownSizes(wanted: ZoneSize): readonly ZoneSize[] {
  return ZONE_SIZES.slice(ZONE_SIZES.indexOf(wanted), -1);
}

function borderCells(shape: HiddenShape): number[] {
  const cells = borderOf(shape, BORDER_STEP_METERS).map(mapCellAt);
  return cells.filter((cell, at) => cell !== cells.at(at - 1));
}
