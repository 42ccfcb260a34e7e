import { COLUMN, Columns, ROW_LENGTH } from './columns.js';
import { cutLeg, type Stretch } from './leg.js';
import type { Leg } from './recording.js';
import { sportFromGpx } from './sport-names.js';
import type { ElementReader } from './xml-track.js';
import { millisecondsFrom, numberFrom, refuseWithoutTimes } from './xml-values.js';

// Names of GPX 1.0 and 1.1, of Garmin's TrackPointExtension, and what Strava, Wahoo and others write beside it.
const COLUMN_OF: Readonly<Record<string, number>> = {
  ele: COLUMN.altitude,
  speed: COLUMN.speed,
  hr: COLUMN.heartRate,
  heartrate: COLUMN.heartRate,
  cad: COLUMN.cadence,
  cadence: COLUMN.cadence,
  power: COLUMN.power,
  watts: COLUMN.power,
  powerinwatts: COLUMN.power,
  atemp: COLUMN.temperature,
  temp: COLUMN.temperature,
  distance: COLUMN.distance,
};

/**
 * Reads a GPX document: all its tracks are one leg, waypoints and planned routes are not looked at. Between two
 * segments the recording was paused.
 */
export class GpxReader implements ElementReader {
  readonly format = 'gpx';
  readonly #columns = new Columns();
  readonly #row = new Float64Array(ROW_LENGTH);
  readonly #pauses: Stretch[] = [];
  #milliseconds = Number.NaN;
  #isInPoint = false;
  #isInTrack = false;
  #isNewSegment = false;
  #points = 0;
  #timedPoints = 0;
  #device: string | undefined;
  #name: string | undefined;
  #type: string | undefined;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'trkpt') this.#startPoint(numberFrom(attributes.lat), numberFrom(attributes.lon));
    else if (name === 'trkseg') this.#isNewSegment = true;
    else if (name === 'trk') this.#isInTrack = true;
    else if (name === 'gpx') this.#device = attributes.creator;
  }

  close(name: string, text: string): void {
    if (this.#isInPoint) this.#closeInPoint(name, text);
    else if (name === 'trk') this.#isInTrack = false;
    else if (this.#isInTrack && name === 'name') this.#name ??= text.trim();
    else if (this.#isInTrack && name === 'type') this.#type ??= text.trim();
  }

  legs(): Leg[] {
    refuseWithoutTimes(this.#points, this.#timedPoints);
    this.#columns.refuseBackwards();
    const stretch = { fromMilliseconds: -Infinity, untilMilliseconds: Infinity };
    const leg = cutLeg(this.#columns, stretch, {
      sport: sportFromGpx(this.#type),
      totals: {},
      laps: [],
      pauses: this.#pauses,
      ...(this.#device && { device: this.#device }),
      ...(this.#name && { name: this.#name }),
    });
    return leg ? [leg] : [];
  }

  #startPoint(latitude: number, longitude: number): void {
    this.#isInPoint = true;
    this.#points++;
    this.#milliseconds = Number.NaN;
    this.#row.fill(Number.NaN);
    if (Number.isNaN(latitude + longitude)) return;
    this.#row[COLUMN.latitude] = latitude;
    this.#row[COLUMN.longitude] = longitude;
  }

  #closeInPoint(name: string, text: string): void {
    const column = COLUMN_OF[name];
    if (column !== undefined) this.#row[column] = numberFrom(text);
    else if (name === 'time') this.#milliseconds = millisecondsFrom(text);
    else if (name === 'trkpt') {
      this.#isInPoint = false;
      if (!Number.isNaN(this.#milliseconds)) this.#addPoint();
    }
  }

  #addPoint(): void {
    this.#timedPoints++;
    const last = this.#columns.lastMilliseconds;
    if (this.#isNewSegment && this.#milliseconds > last && this.#columns.length > 0) {
      this.#pauses.push({ fromMilliseconds: last, untilMilliseconds: this.#milliseconds });
    }
    this.#isNewSegment = false;
    this.#columns.add(this.#milliseconds, this.#row);
  }
}
