import { COLUMN, Columns, ROW_LENGTH } from './columns.js';
import type { ElementReader } from './element-reader.js';
import { cutLeg, type Stretch } from './leg.js';
import type { Leg } from './recording.js';
import { sportFromGpx } from './sport-names.js';
import type { Sport } from './sports.js';
import { millisecondsFrom, numberFrom, refuseWithoutTimes } from './xml-values.js';

// Names of GPX 1.0 and 1.1, of Garmin's TrackPointExtension, and what Strava, Wahoo and others write beside it.
const COLUMN_OF: ReadonlyMap<string, number> = new Map(
  Object.entries({
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
  }),
);

/** Tracks of one sport that follow each other. */
interface TrackRun {
  readonly fromMilliseconds: number;
  readonly sport: Sport;
  readonly name: string | undefined;
}

/**
 * Reads a GPX document: tracks of one sport that follow each other are one leg, waypoints and planned routes are not
 * looked at. Between two segments the recording was paused.
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
  readonly #runs: TrackRun[] = [];
  #trackFromMilliseconds = Number.NaN;
  #name: string | undefined;
  #type: string | undefined;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'trkpt') this.#startPoint(numberFrom(attributes.lat), numberFrom(attributes.lon));
    else if (name === 'trkseg') this.#isNewSegment = true;
    else if (name === 'trk') this.#openTrack();
    else if (name === 'gpx') this.#device = attributes.creator;
  }

  close(name: string, text: string): void {
    if (this.#isInPoint) this.#closeInPoint(name, text);
    else if (name === 'trk') this.#closeTrack();
    else if (this.#isInTrack && name === 'name') this.#name ??= text.trim();
    else if (this.#isInTrack && name === 'type') this.#type ??= text.trim();
  }

  legs(): Leg[] {
    refuseWithoutTimes(this.#points, this.#timedPoints);
    this.#columns.refuseBackwards();
    // A file that is cut short never closes its last track.
    if (this.#isInTrack) this.#closeTrack();
    return this.#runs.flatMap(({ sport, name }, at) => {
      const stretch = {
        fromMilliseconds: at === 0 ? -Infinity : (this.#runs[at]?.fromMilliseconds ?? Infinity),
        untilMilliseconds: this.#runs[at + 1]?.fromMilliseconds ?? Infinity,
      };
      const leg = cutLeg(this.#columns, stretch, {
        sport,
        totals: {},
        laps: [],
        pauses: this.#pauses,
        ...(this.#device && { device: this.#device }),
        ...(name && { name }),
      });
      return leg ? [leg] : [];
    });
  }

  #openTrack(): void {
    this.#isInTrack = true;
    this.#trackFromMilliseconds = Number.NaN;
    this.#name = this.#type = undefined;
  }

  #closeTrack(): void {
    this.#isInTrack = false;
    if (Number.isNaN(this.#trackFromMilliseconds)) return;
    const sport = sportFromGpx(this.#type);
    if (this.#runs.at(-1)?.sport === sport) return;
    this.#runs.push({ fromMilliseconds: this.#trackFromMilliseconds, sport, name: this.#name });
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
    const column = COLUMN_OF.get(name);
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
    if (Number.isNaN(this.#trackFromMilliseconds)) this.#trackFromMilliseconds = this.#milliseconds;
    this.#columns.add(this.#milliseconds, this.#row);
  }
}
