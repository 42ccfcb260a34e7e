import { CHANNELS, type Channel, MAX_POINTS, type Samples } from './recording.js';
import { UnreadableTrack } from './unreadable-track.js';

/** Place of each channel in a row, and of its column. */
export const COLUMN: Readonly<Record<Channel, number>> = {
  latitude: 0,
  longitude: 1,
  distance: 2,
  altitude: 3,
  speed: 4,
  heartRate: 5,
  cadence: 6,
  power: 7,
  temperature: 8,
  grade: 9,
};

/** Numbers in a row: one per channel, NaN where nothing was measured. */
export const ROW_LENGTH = CHANNELS.length;

// A watch sets its clock by the first satellite and repeats or swaps a second; more is a broken file.
const MAX_CLOCK_CORRECTION_SECONDS = 10;
const MAX_BACKWARDS_SHARE = 0.01;

/**
 * Collects recorded instants into columns while a file is being read, in strictly increasing order of time.
 *
 * An instant that is repeated only fills in what its first row lacked: watches repeat the last point when they are
 * paused, and some write position and heart rate of one second as two records.
 */
export class Columns {
  length = 0;
  #times = new Float64Array(1024);
  #columns = Array.from({ length: ROW_LENGTH }, () => new Float64Array(1024));
  #backwards = 0;
  #furthestBackSeconds = 0;

  /** Instant of the last row, in milliseconds since 1970; -Infinity before the first. */
  get lastMilliseconds(): number {
    return this.length === 0 ? Number.NEGATIVE_INFINITY : (this.#times[this.length - 1] ?? Number.NaN);
  }

  /**
   * Adds one instant.
   *
   * @param milliseconds since 1970
   * @param row one number per channel in the order of `COLUMN`; copied
   * @throws {UnreadableTrack} beyond `MAX_POINTS`
   */
  add(milliseconds: number, row: Float64Array): void {
    const last = this.lastMilliseconds;
    if (milliseconds < last) {
      this.#backwards++;
      this.#furthestBackSeconds = Math.max(this.#furthestBackSeconds, (last - milliseconds) / 1000);
      return;
    }
    if (milliseconds === last) {
      this.#fillLast(row);
      return;
    }
    if (this.length === MAX_POINTS) throw new UnreadableTrack('track-too-many-points', { limit: MAX_POINTS });
    if (this.length === this.#times.length) this.#grow();
    const at = this.length++;
    this.#times[at] = milliseconds;
    for (let column = 0; column < ROW_LENGTH; column++) {
      const values = this.#columns[column];
      if (values) values[at] = row[column] ?? Number.NaN;
    }
  }

  /**
   * The rows whose instant lies in `[fromMilliseconds, untilMilliseconds)`, channels without any value left out.
   *
   * @returns `undefined` when no row lies there
   */
  between(
    fromMilliseconds: number,
    untilMilliseconds: number,
  ): { startedAt: Date; samples: Samples } | undefined {
    const from = this.#firstAtOrAfter(fromMilliseconds);
    const until = this.#firstAtOrAfter(untilMilliseconds);
    const start = this.#times[from];
    if (until <= from || start === undefined) return undefined;
    const channels: Partial<Record<Channel, Float64Array>> = {};
    for (const channel of CHANNELS) {
      const values = this.#columns[COLUMN[channel]]?.slice(from, until);
      if (values?.some((value) => !Number.isNaN(value))) channels[channel] = values;
    }
    const elapsedSeconds = this.#times.slice(from, until).map((time) => (time - start) / 1000);
    return { startedAt: new Date(start), samples: { length: until - from, elapsedSeconds, channels } };
  }

  /**
   * Refuses a recording whose instants went backwards by more than a clock correction.
   *
   * @throws {UnreadableTrack}
   */
  refuseBackwards(): void {
    const tolerated = Math.floor(MAX_BACKWARDS_SHARE * this.length);
    if (this.#backwards <= tolerated && this.#furthestBackSeconds <= MAX_CLOCK_CORRECTION_SECONDS) return;
    throw new UnreadableTrack('track-time-backwards', {
      pointsBackwards: this.#backwards,
      furthestBackSeconds: this.#furthestBackSeconds,
    });
  }

  #fillLast(row: Float64Array): void {
    const at = this.length - 1;
    for (let column = 0; column < ROW_LENGTH; column++) {
      const values = this.#columns[column];
      if (values && Number.isNaN(values[at])) values[at] = row[column] ?? Number.NaN;
    }
  }

  #grow(): void {
    const capacity = Math.min(this.#times.length * 2, MAX_POINTS);
    this.#times = enlarged(this.#times, capacity);
    this.#columns = this.#columns.map((values) => enlarged(values, capacity));
  }

  #firstAtOrAfter(milliseconds: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? Number.NaN) < milliseconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function enlarged(values: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(values);
  return larger;
}
