import { COLUMN, Columns, ROW_LENGTH } from './columns.js';
import type { ElementReader } from './element-reader.js';
import { cutLeg, type LapMark, type Stretch } from './leg.js';
import type { Leg } from './recording.js';
import { sportFromTcx } from './sport-names.js';
import { UnreadableTrack } from './unreadable-track.js';
import { millisecondsFrom, numberFrom, refuseWithoutTimes } from './xml-values.js';

// Names inside a Trackpoint, those of Garmin's ActivityExtension too; Value is that of HeartRateBpm.
const COLUMN_OF: ReadonlyMap<string, number> = new Map(
  Object.entries({
    latitudedegrees: COLUMN.latitude,
    longitudedegrees: COLUMN.longitude,
    altitudemeters: COLUMN.altitude,
    distancemeters: COLUMN.distance,
    value: COLUMN.heartRate,
    cadence: COLUMN.cadence,
    runcadence: COLUMN.cadence,
    speed: COLUMN.speed,
    watts: COLUMN.power,
  }),
);

/** Activities in one file; more is a whole history, which is not one recording. */
const MAX_ACTIVITIES = 32;

/** What is known about the lap that is being read. */
interface OpenLap {
  readonly startedMilliseconds: number;
  timerSeconds: number;
  distanceMeters: number;
  hasTrack: boolean;
}

/** What is known about the activity that is being read. */
interface OpenActivity {
  readonly sport: string | undefined;
  readonly columns: Columns;
  readonly laps: OpenLap[];
  readonly pauses: Stretch[];
  energyKilocalories: number;
  device?: string;
}

/**
 * Reads a TCX document: each `Activity` is a leg, those of a `MultiSportSession` too; transitions and courses are
 * left out. Between two `Track`s of one lap the recording was paused.
 */
export class TcxReader implements ElementReader {
  readonly format = 'tcx';
  readonly #row = new Float64Array(ROW_LENGTH);
  readonly #activities: OpenActivity[] = [];
  #activity: OpenActivity | undefined;
  #lap: OpenLap | undefined;
  #milliseconds = Number.NaN;
  #isInPoint = false;
  #isInCreator = false;
  #isAfterPause = false;
  #points = 0;
  #timedPoints = 0;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'trackpoint') {
      this.#isInPoint = true;
      this.#milliseconds = Number.NaN;
      this.#row.fill(Number.NaN);
    } else if (name === 'track') this.#openTrack();
    else if (name === 'lap') this.#openLap(millisecondsFrom(attributes.StartTime));
    else if (name === 'activity') this.#openActivity(attributes.Sport);
    else if (name === 'creator') this.#isInCreator = true;
  }

  close(name: string, text: string): void {
    if (this.#isInPoint) this.#closeInPoint(name, text);
    else if (name === 'creator') this.#isInCreator = false;
    else if (name === 'name' && this.#isInCreator && this.#activity) this.#activity.device ??= text.trim();
    else if (name === 'activity') this.#activity = undefined;
    else if (name === 'lap') this.#lap = undefined;
    else if (this.#lap) this.#closeInLap(this.#lap, name, text);
  }

  legs(): Leg[] {
    refuseWithoutTimes(this.#points, this.#timedPoints);
    return this.#activities.flatMap((activity) => {
      const leg = legOf(activity);
      return leg ? [leg] : [];
    });
  }

  #openActivity(sport: string | undefined): void {
    if (this.#activities.length === MAX_ACTIVITIES) {
      throw new UnreadableTrack('track-too-many-points', { limitActivities: MAX_ACTIVITIES });
    }
    this.#activity = { sport, columns: new Columns(), laps: [], pauses: [], energyKilocalories: 0 };
    this.#activities.push(this.#activity);
  }

  #openLap(startedMilliseconds: number): void {
    if (!this.#activity) return;
    this.#lap = { startedMilliseconds, timerSeconds: NaN, distanceMeters: NaN, hasTrack: false };
    this.#activity.laps.push(this.#lap);
  }

  #openTrack(): void {
    this.#isAfterPause = this.#lap?.hasTrack ?? false;
    if (this.#lap) this.#lap.hasTrack = true;
  }

  #closeInLap(lap: OpenLap, name: string, text: string): void {
    if (name === 'totaltimeseconds') lap.timerSeconds = numberFrom(text);
    else if (name === 'distancemeters') lap.distanceMeters = numberFrom(text);
    else if (name === 'calories' && this.#activity)
      this.#activity.energyKilocalories += numberFrom(text) || 0;
  }

  #closeInPoint(name: string, text: string): void {
    const column = COLUMN_OF.get(name);
    if (column !== undefined) this.#row[column] = numberFrom(text);
    else if (name === 'time') this.#milliseconds = millisecondsFrom(text);
    else if (name === 'trackpoint') {
      this.#isInPoint = false;
      if (this.#activity) this.#points++;
      if (this.#activity && !Number.isNaN(this.#milliseconds)) this.#addPoint(this.#activity);
    }
  }

  #addPoint({ columns, pauses }: OpenActivity): void {
    this.#timedPoints++;
    const row = this.#row;
    const hasPosition = !Number.isNaN((row[COLUMN.latitude] ?? 0) + (row[COLUMN.longitude] ?? 0));
    if (!hasPosition) row[COLUMN.latitude] = row[COLUMN.longitude] = Number.NaN;
    const last = columns.lastMilliseconds;
    if (this.#isAfterPause && columns.length > 0 && this.#milliseconds > last) {
      pauses.push({ fromMilliseconds: last, untilMilliseconds: this.#milliseconds });
    }
    this.#isAfterPause = false;
    columns.add(this.#milliseconds, row);
  }
}

function legOf({ sport, columns, laps, pauses, energyKilocalories, device }: OpenActivity): Leg | undefined {
  columns.refuseBackwards();
  const sum = (values: number[]) => values.reduce((total, value) => total + (value || 0), 0);
  const distanceMeters = sum(laps.map((lap) => lap.distanceMeters));
  const timerSeconds = sum(laps.map((lap) => lap.timerSeconds));
  return cutLeg(
    columns,
    { fromMilliseconds: -Infinity, untilMilliseconds: Infinity },
    {
      sport: sportFromTcx(sport),
      totals: {
        ...(distanceMeters > 0 && { distanceMeters }),
        ...(timerSeconds > 0 && { timerSeconds }),
        ...(energyKilocalories > 0 && { energyKilocalories }),
      },
      laps: laps.flatMap((lap, at) => lapMark(lap, laps[at + 1]?.startedMilliseconds ?? Infinity)),
      pauses,
      ...(device && { device }),
    },
  );
}

/** TCX says when a lap starts and how long the timer ran: it lasts until the next one. */
function lapMark(lap: OpenLap, untilMilliseconds: number): LapMark[] {
  if (Number.isNaN(lap.startedMilliseconds)) return [];
  return [
    {
      fromMilliseconds: lap.startedMilliseconds,
      untilMilliseconds,
      ...(lap.timerSeconds > 0 && { timerSeconds: lap.timerSeconds }),
      ...(lap.distanceMeters > 0 && { distanceMeters: lap.distanceMeters }),
    },
  ];
}
