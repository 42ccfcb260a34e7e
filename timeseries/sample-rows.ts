import { asciiOf, CopyText } from './copy-text.js';
import type { Channel, Leg, Samples } from './tracks/recording.js';

/** Channels that are columns of `samples`, in the order of `samples/copy.sql`; positions are kept apart. */
export const SAMPLE_CHANNELS = [
  'distance',
  'altitude',
  'speed',
  'heartRate',
  'cadence',
  'power',
  'temperature',
  'grade',
] as const satisfies readonly Channel[];

/** Name of a channel that is kept in rows. */
export type SampleChannel = (typeof SAMPLE_CHANNELS)[number];

/** When the samples of a leg are; both bounds included. */
export interface SampleSpan {
  readonly startedAt: Date;
  readonly endedAt: Date;
}

// Decimals that are kept: finer than any sensor, and short in JSON.
const DECIMALS: Readonly<Record<SampleChannel, number>> = {
  distance: 2,
  altitude: 2,
  speed: 3,
  heartRate: 0,
  cadence: 2,
  power: 0,
  temperature: 1,
  grade: 4,
};

// What their columns hold; whoever measures more has a broken sensor.
const HIGHEST: Readonly<Partial<Record<SampleChannel, number>>> = { heartRate: 32_767, power: 32_767 };

// About 6 MB of text: the embedded server takes each statement whole.
const ROWS_PER_BATCH = 50_000;
const MAX_ROW_BYTES = 320;

/**
 * Writes the samples of a leg as lines for `COPY`, one each, with a resolution that is finer than the sensors'.
 *
 * @returns the lines in ASCII, in batches for one statement each, and the instants of the first and the last of them
 */
export function sampleRows(
  activityId: string,
  leg: Pick<Leg, 'startedAt' | 'samples'>,
): { batches: Uint8Array<ArrayBuffer>[]; span: SampleSpan } {
  const { length, elapsedSeconds } = leg.samples;
  const columns = SAMPLE_CHANNELS.map((channel) => columnOf(leg.samples, channel));
  const id = asciiOf(activityId);
  const start = leg.startedAt.getTime();
  const batches: Uint8Array<ArrayBuffer>[] = [];
  let milliseconds = -1;
  for (let from = 0; from < length; from += ROWS_PER_BATCH) {
    const until = Math.min(from + ROWS_PER_BATCH, length);
    const text = new CopyText((until - from) * MAX_ROW_BYTES);
    for (let at = from; at < until; at += 1) {
      // Readers sort by time alone, so two samples within one millisecond must not share it.
      milliseconds = Math.max(Math.round((elapsedSeconds[at] ?? 0) * 1_000), milliseconds + 1);
      text.instant(start + milliseconds);
      text.tab();
      text.ascii(id);
      text.tab();
      text.decimal(milliseconds, 3);
      for (const column of columns) writeValue(text, column, at);
      text.endRow();
    }
    batches.push(text.result());
  }
  return {
    batches,
    span: { startedAt: leg.startedAt, endedAt: new Date(start + Math.max(milliseconds, 0)) },
  };
}

interface Column {
  readonly values: Float64Array | undefined;
  readonly decimals: number;
  readonly partsPerUnit: number;
  readonly highest: number;
}

function columnOf({ channels }: Samples, channel: SampleChannel): Column {
  const decimals = DECIMALS[channel];
  const highest = HIGHEST[channel] ?? Number.MAX_SAFE_INTEGER;
  return { values: channels[channel], decimals, partsPerUnit: 10 ** decimals, highest };
}

function writeValue(text: CopyText, { values, decimals, partsPerUnit, highest }: Column, at: number): void {
  text.tab();
  const value = values ? (values[at] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(value)) text.missing();
  else text.decimal(Math.min(Math.round(value * partsPerUnit), highest), decimals);
}

/** Names of the channels that a leg has, as the API calls them: `position` for latitude and longitude. */
export function measuredChannels({ samples }: Pick<Leg, 'samples'>): string[] {
  const inRows = SAMPLE_CHANNELS.filter((channel) => samples.channels[channel] !== undefined);
  return samples.channels.latitude ? ['position', ...inRows] : inRows;
}
