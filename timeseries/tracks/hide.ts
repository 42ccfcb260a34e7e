import { METERS_PER_DEGREE, metersBetween } from './earth.js';
import { cornersOf, type HiddenShape, isWithin } from './hidden-shapes.js';
import { type PlanePoint, projection } from './plane.js';
import type { Samples } from './recording.js';
import { fastestMetersPerSecond, type Sport } from './sports.js';
import { extentOf, isNear } from './track-extent.js';

/** Shapes that are hidden for one reason. */
export interface HiddenArea {
  /** The privacy zone. */
  readonly zoneId: string;
  readonly shapes: readonly HiddenShape[];
}

/** What of a leg is hidden. */
export interface Hiding {
  /** Runs of samples that others see, in order; `until` is the first sample behind. Each has two samples or more. */
  readonly pieces: readonly { readonly from: number; readonly until: number }[];
  /** For each interval between two samples the number of the area that hides it, or -1. */
  readonly areaOfInterval: Int16Array;
}

// Between two points that are so near in time and space somebody went straight.
const STRAIGHT_SECONDS = 10;
const STRAIGHT_METERS = 200;

// Whoever knows no more draws a line, and maps draw lines differently; a way is a little longer.
const DETOUR_RATIO = 1.05;
const DETOUR_METERS = 100;

/**
 * Finds what of a leg nobody but its athlete may see. This is the only place where tracks are cut, and it works on what
 * was recorded, before anything is derived from it.
 *
 * Hidden are: every sample within a shape; every interval whose straight line crosses one; every interval of a gap in
 * which somebody could have been within one (from the distance that was counted, else from the fastest of the sport);
 * samples without a position next to hidden ones; and, with any shape near, those before the first and behind the last
 * position.
 *
 * @returns undefined when nothing is hidden
 */
export function hide(samples: Samples, sport: Sport, areas: readonly HiddenArea[]): Hiding | undefined {
  const located = locatedSamples(samples);
  const near = nearShapes(samples, areas);
  if (located.length === 0 || near.length === 0) return undefined;
  const areaOfSample = new Int16Array(samples.length).fill(VISIBLE);
  const areaOfInterval = new Int16Array(samples.length).fill(VISIBLE);
  for (const { shape, area } of near) {
    const judge = new ShapeJudge(samples, sport, shape);
    for (let next = 0; next < located.length; next++) {
      const at = located[next] ?? 0;
      if (judge.isWithin(at) && areaOfSample[at] === VISIBLE) areaOfSample[at] = area;
      const before = located[next - 1];
      if (before === undefined || areaOfInterval[before] !== VISIBLE) continue;
      if (judge.crosses(before, at)) areaOfInterval.fill(area, before, at);
    }
  }
  hideUnlocated(areaOfSample, areaOfInterval, located, near[0]?.area ?? 0);
  for (let at = 0; at + 1 < samples.length; at++) {
    if (areaOfInterval[at] !== VISIBLE) continue;
    const area = areaOfSample[at] ?? VISIBLE;
    areaOfInterval[at] = area === VISIBLE ? (areaOfSample[at + 1] ?? VISIBLE) : area;
  }
  const pieces = piecesOf(areaOfSample, areaOfInterval);
  const [only] = pieces;
  const isWhole = pieces.length === 1 && only?.from === 0 && only.until === samples.length;
  return isWhole ? undefined : { pieces, areaOfInterval };
}

const VISIBLE = -1;

function locatedSamples({ length, channels: { latitude } }: Samples): number[] {
  const located: number[] = [];
  for (let at = 0; at < length; at++) if (latitude && !Number.isNaN(latitude[at])) located.push(at);
  return located;
}

function nearShapes({ channels: { latitude, longitude } }: Samples, areas: readonly HiddenArea[]) {
  const extent = latitude && longitude && extentOf({ latitude, longitude });
  if (!extent) return [];
  return areas.flatMap(({ shapes }, area) =>
    shapes.filter((shape) => isNear(extent, shape)).map((shape) => ({ shape, area })),
  );
}

/** What stands before the first position, behind the last one, or between hidden ones, is hidden too. */
function hideUnlocated(
  areaOfSample: Int16Array,
  areaOfInterval: Int16Array,
  located: readonly number[],
  nearestArea: number,
): void {
  const [first = 0, last = 0] = [located[0], located.at(-1)];
  areaOfSample.fill(nearestArea, 0, first);
  areaOfSample.fill(nearestArea, last + 1);
  for (let next = 1; next < located.length; next++) {
    const [before, at] = [located[next - 1] ?? 0, located[next] ?? 0];
    if (at === before + 1) continue;
    const reasons = [areaOfInterval[before], areaOfSample[before], areaOfSample[at]];
    const area = reasons.find((reason) => reason !== undefined && reason !== VISIBLE);
    if (area !== undefined) areaOfSample.fill(area, before + 1, at);
  }
}

function piecesOf(areaOfSample: Int16Array, areaOfInterval: Int16Array): Hiding['pieces'] {
  const pieces: { from: number; until: number }[] = [];
  for (let from = 0; from < areaOfSample.length; ) {
    if (areaOfSample[from] !== VISIBLE) {
      from++;
      continue;
    }
    let until = from + 1;
    while (until < areaOfSample.length && areaOfInterval[until - 1] === VISIBLE) until++;
    // A single sample has no way, and telling of it would only mark the border.
    if (until - from > 1) pieces.push({ from, until });
    from = until;
  }
  return pieces;
}

/** Judges the samples and intervals of one leg by one shape. */
class ShapeJudge {
  readonly #samples: Samples;
  readonly #fastest: number;
  readonly #shape: HiddenShape;
  readonly #corners: readonly PlanePoint[];
  readonly #farthestMeters: number;
  readonly #project: ReturnType<typeof projection>;

  constructor(samples: Samples, sport: Sport, shape: HiddenShape) {
    this.#samples = samples;
    this.#fastest = fastestMetersPerSecond(sport);
    this.#shape = shape;
    this.#corners = cornersOf(shape);
    this.#farthestMeters = Math.max(...shape.radiiMeters);
    this.#project = projection(shape.centre);
  }

  isWithin(at: number): boolean {
    if (this.#farSide(at) !== 0) return false;
    const point = this.#point(at);
    return Math.hypot(point.east, point.north) <= this.#farthestMeters && isWithin(this.#shape, point);
  }

  /** Whether somebody was, or may have been, within the shape between two samples that follow each other. */
  crosses(from: number, to: number): boolean {
    const { elapsedSeconds, channels } = this.#samples;
    const seconds = (elapsedSeconds[to] ?? 0) - (elapsedSeconds[from] ?? 0);
    const side = this.#farSide(from);
    if (seconds <= STRAIGHT_SECONDS && side !== 0 && side === this.#farSide(to)) return false;
    const { latitude, longitude, distance } = channels;
    const meters = metersBetween(
      latitude?.[from] ?? Number.NaN,
      longitude?.[from] ?? Number.NaN,
      latitude?.[to] ?? Number.NaN,
      longitude?.[to] ?? Number.NaN,
    );
    if (seconds <= STRAIGHT_SECONDS && meters <= STRAIGHT_METERS) return this.#lineCrosses(from, to);
    const counted = (distance?.[to] ?? Number.NaN) - (distance?.[from] ?? Number.NaN);
    const possible = counted >= 0 ? counted : this.#fastest * seconds;
    const away = this.#awayMeters(from) + this.#awayMeters(to);
    return away <= Math.max(possible, DETOUR_RATIO * meters + DETOUR_METERS);
  }

  #point(at: number): PlanePoint {
    const { latitude, longitude } = this.#samples.channels;
    return this.#project(latitude?.[at] ?? Number.NaN, longitude?.[at] ?? Number.NaN);
  }

  /**
   * 1 or -1 for so far to the north or south that no short interval reaches the shape, else 0; nearly all samples are
   * far, and cheaply told.
   */
  #farSide(at: number): number {
    const degrees = (this.#samples.channels.latitude?.[at] ?? Number.NaN) - this.#shape.centre.latitude;
    const isFar = Math.abs(degrees) * METERS_PER_DEGREE > this.#farthestMeters + STRAIGHT_METERS;
    return isFar ? Math.sign(degrees) : 0;
  }

  /** Metres to a circle around the whole shape. */
  #awayMeters(at: number): number {
    const { east, north } = this.#point(at);
    return Math.max(0, Math.hypot(east, north) - this.#farthestMeters);
  }

  #lineCrosses(from: number, to: number): boolean {
    const [start, end] = [this.#point(from), this.#point(to)];
    const reach = this.#farthestMeters + STRAIGHT_METERS;
    if (Math.hypot(start.east, start.north) > reach) return false;
    return this.#corners.some((corner, at) => {
      const next = this.#corners[(at + 1) % this.#corners.length] ?? corner;
      return (
        isLeftOf(start, end, corner) !== isLeftOf(start, end, next) &&
        isLeftOf(corner, next, start) !== isLeftOf(corner, next, end)
      );
    });
  }
}

function isLeftOf(from: PlanePoint, to: PlanePoint, point: PlanePoint): boolean {
  const turn = (to.east - from.east) * (point.north - from.north);
  return turn > (to.north - from.north) * (point.east - from.east);
}
