import { COLUMN, type Columns, ROW_LENGTH } from './columns.js';
import type { FieldLayout, MessageLayout } from './fit-layout.js';

/** Global number of the message that holds one instant of a recording. */
export const RECORD_MESSAGE = 20;

/** Milliseconds from 1970 to the epoch of FIT, 1989-12-31T00:00:00Z. */
export const FIT_EPOCH_MILLISECONDS = 631_065_600_000;

// Smaller ones count seconds since the watch was switched on, so they name no instant.
const MIN_TIMESTAMP = 0x1000_0000;

const DEGREES_PER_SEMICIRCLE = 180 / 2 ** 31;
const FIELD = { compressedSpeedDistance: 8, fractionalCadence: 53, timestamp: 253 } as const;

/** Reads one field's number from the content of a message; NaN when the device wrote "invalid". */
type ReadNumber = (view: DataView, at: number) => number;

interface Plan {
  readonly timestamp: { offset: number; littleEndian: boolean } | undefined;
  readonly fields: readonly { column: number; offset: number; read: ReadNumber }[];
  readonly fractionalCadence: { offset: number; read: ReadNumber } | undefined;
  readonly compressedSpeedDistanceOffset: number | undefined;
}

/**
 * Reads record messages straight into columns.
 *
 * The SDK builds an object per field and another per message: 20 ms for an hour at 1 Hz, a hundred times what this
 * takes. A test holds both against each other on every recording. Developer fields are ignored; so is heart rate
 * from message 132 (`hr`), which only chest straps for swimming write after the swim.
 */
export class RecordReader {
  readonly #view: DataView;
  readonly #columns: Columns;
  readonly #plans = new Map<MessageLayout, Plan>();
  readonly #row = new Float64Array(ROW_LENGTH);
  #lastTimestamp = 0;
  #lastCompressedDistance: number | undefined;
  #compressedDistanceMeters = 0;

  constructor(bytes: Uint8Array, columns: Columns) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#columns = columns;
  }

  /**
   * Reads one record.
   *
   * @param at position of the message's content, behind its header byte
   * @param timeOffsetSeconds five bits of a compressed timestamp
   */
  read(layout: MessageLayout, at: number, timeOffsetSeconds?: number): void {
    let plan = this.#plans.get(layout);
    if (!plan) {
      plan = planFor(layout);
      this.#plans.set(layout, plan);
    }
    const timestamp = this.#timestamp(plan, at, timeOffsetSeconds);
    if (timestamp < MIN_TIMESTAMP) return;
    const row = this.#row.fill(Number.NaN);
    for (const { column, offset, read } of plan.fields) {
      const value = read(this.#view, at + offset);
      // Plain fields come first: the enhanced one of the same meaning replaces them where it is valid.
      if (!Number.isNaN(value)) row[column] = value;
    }
    if (plan.fractionalCadence) {
      const fraction = plan.fractionalCadence.read(this.#view, at + plan.fractionalCadence.offset);
      if (!Number.isNaN(fraction)) row[COLUMN.cadence] = (row[COLUMN.cadence] ?? Number.NaN) + fraction;
    }
    if (plan.compressedSpeedDistanceOffset !== undefined) {
      this.#readCompressedSpeedDistance(at + plan.compressedSpeedDistanceOffset);
    }
    const hasPosition = !Number.isNaN((row[COLUMN.latitude] ?? 0) + (row[COLUMN.longitude] ?? 0));
    if (!hasPosition) row[COLUMN.latitude] = row[COLUMN.longitude] = Number.NaN;
    this.#columns.add(FIT_EPOCH_MILLISECONDS + timestamp * 1000, row);
  }

  #timestamp(plan: Plan, at: number, timeOffsetSeconds: number | undefined): number {
    if (timeOffsetSeconds !== undefined) {
      // The offset replaces the last five bits; a smaller one than before means that they overflowed.
      this.#lastTimestamp += (timeOffsetSeconds - (this.#lastTimestamp & 0x1f)) & 0x1f;
    } else if (plan.timestamp) {
      const timestamp = this.#view.getUint32(at + plan.timestamp.offset, plan.timestamp.littleEndian);
      if (timestamp === 0xffff_ffff) return 0;
      this.#lastTimestamp = timestamp;
    } else return 0;
    return this.#lastTimestamp;
  }

  /** Old foot pods: 12 bits of speed in 1/100 m/s, 12 bits of distance in 1/16 m that start again at zero. */
  #readCompressedSpeedDistance(at: number): void {
    const packed =
      this.#view.getUint8(at) | (this.#view.getUint8(at + 1) << 8) | (this.#view.getUint8(at + 2) << 16);
    if (packed === 0xff_ffff) return;
    const distance = packed >> 12;
    this.#compressedDistanceMeters += ((distance - (this.#lastCompressedDistance ?? 0)) & 0xfff) / 16;
    this.#lastCompressedDistance = distance;
    if (Number.isNaN(this.#row[COLUMN.speed])) this.#row[COLUMN.speed] = (packed & 0xfff) / 100;
    if (Number.isNaN(this.#row[COLUMN.distance])) {
      this.#row[COLUMN.distance] = this.#compressedDistanceMeters;
    }
  }
}

// Scale and offset of the FIT profile; the enhanced fields stand behind the plain ones that they replace.
const READ_FIELDS: readonly { number: number; column: number; scale: number; offset?: number }[] = [
  { number: 0, column: COLUMN.latitude, scale: 1 / DEGREES_PER_SEMICIRCLE },
  { number: 1, column: COLUMN.longitude, scale: 1 / DEGREES_PER_SEMICIRCLE },
  { number: 2, column: COLUMN.altitude, scale: 5, offset: 500 },
  { number: 3, column: COLUMN.heartRate, scale: 1 },
  { number: 4, column: COLUMN.cadence, scale: 1 },
  { number: 5, column: COLUMN.distance, scale: 100 },
  { number: 6, column: COLUMN.speed, scale: 1000 },
  { number: 7, column: COLUMN.power, scale: 1 },
  { number: 13, column: COLUMN.temperature, scale: 1 },
  { number: 73, column: COLUMN.speed, scale: 1000 },
  { number: 78, column: COLUMN.altitude, scale: 5, offset: 500 },
];

function planFor(layout: MessageLayout): Plan {
  const fieldOf = (number: number) => layout.fields.find((field) => field.number === number);
  const timestamp = fieldOf(FIELD.timestamp);
  const fraction = fieldOf(FIELD.fractionalCadence);
  const compressed = fieldOf(FIELD.compressedSpeedDistance);
  const readFraction = fraction && numberReader(fraction, layout.littleEndian, 128, 0);
  return {
    timestamp:
      timestamp?.sizeBytes === 4
        ? { offset: timestamp.offset, littleEndian: layout.littleEndian }
        : undefined,
    fields: READ_FIELDS.flatMap(({ number, column, scale, offset = 0 }) => {
      const field = fieldOf(number);
      const read = field && numberReader(field, layout.littleEndian, scale, offset);
      return field && read ? [{ column, offset: field.offset, read }] : [];
    }),
    fractionalCadence: fraction && readFraction ? { offset: fraction.offset, read: readFraction } : undefined,
    compressedSpeedDistanceOffset: compressed?.sizeBytes === 3 ? compressed.offset : undefined,
  };
}

/** A reader for the field's base type; `undefined` for lists and for types that hold no number. */
function numberReader(
  field: FieldLayout,
  littleEndian: boolean,
  scale: number,
  offset: number,
): ReadNumber | undefined {
  const valid = (raw: number, invalid: number) => (raw === invalid ? Number.NaN : raw / scale - offset);
  switch (`${field.baseType}/${field.sizeBytes}`) {
    case '0/1':
    case '2/1':
      return (view, at) => valid(view.getUint8(at), 0xff);
    case '10/1':
      return (view, at) => valid(view.getUint8(at), 0);
    case '1/1':
      return (view, at) => valid(view.getInt8(at), 0x7f);
    case '3/2':
      return (view, at) => valid(view.getInt16(at, littleEndian), 0x7fff);
    case '4/2':
      return (view, at) => valid(view.getUint16(at, littleEndian), 0xffff);
    case '11/2':
      return (view, at) => valid(view.getUint16(at, littleEndian), 0);
    case '5/4':
      return (view, at) => valid(view.getInt32(at, littleEndian), 0x7fff_ffff);
    case '6/4':
      return (view, at) => valid(view.getUint32(at, littleEndian), 0xffff_ffff);
    case '12/4':
      return (view, at) => valid(view.getUint32(at, littleEndian), 0);
    case '8/4':
      return (view, at) => view.getFloat32(at, littleEndian) / scale - offset;
    case '9/8':
      return (view, at) => view.getFloat64(at, littleEndian) / scale - offset;
    default:
      return undefined;
  }
}
