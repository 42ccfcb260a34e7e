import type { Channel, Leg } from './tracks/recording.js';

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

// How many parts of a unit are kept: finer than any sensor, and short in JSON.
const PARTS_PER_UNIT: Readonly<Record<SampleChannel, number>> = {
  distance: 100,
  altitude: 100,
  speed: 1_000,
  heartRate: 1,
  cadence: 100,
  power: 1,
  temperature: 10,
  grade: 10_000,
};

const MAX_SMALLINT = 32_767;
const BOUNDED: ReadonlySet<SampleChannel> = new Set(['heartRate', 'power']);
const MISSING = '\\N';

// About 6 MB of text: the embedded server takes each statement whole.
const ROWS_PER_BATCH = 50_000;

/**
 * Writes the samples of a leg as lines for `COPY`, one each, with a resolution that is finer than the sensors'.
 *
 * @returns the lines in ASCII, in batches for one statement each, and the instants of the first and the last of them
 */
export function sampleRows(
  activityId: string,
  leg: Pick<Leg, 'startedAt' | 'samples'>,
): { batches: Uint8Array<ArrayBuffer>[]; span: SampleSpan } {
  const { length, elapsedSeconds, channels } = leg.samples;
  const columns = SAMPLE_CHANNELS.map((channel) => ({
    values: channels[channel],
    parts: PARTS_PER_UNIT[channel],
    highest: BOUNDED.has(channel) ? MAX_SMALLINT : Number.MAX_VALUE,
  }));
  const start = leg.startedAt.getTime();
  const encoder = new TextEncoder();
  const batches: Uint8Array<ArrayBuffer>[] = [];
  let lines = '';
  let milliseconds = -1;
  for (let at = 0; at < length; at += 1) {
    // Readers sort by time alone, so two samples within one millisecond must not share it.
    milliseconds = Math.max(Math.round((elapsedSeconds[at] ?? 0) * 1_000), milliseconds + 1);
    let line = `${new Date(start + milliseconds).toISOString()}\t${activityId}\t${milliseconds / 1_000}`;
    for (const { values, parts, highest } of columns) {
      const value = values?.[at];
      line +=
        value === undefined || Number.isNaN(value)
          ? `\t${MISSING}`
          : `\t${Math.min(Math.round(value * parts) / parts, highest)}`;
    }
    lines += `${line}\n`;
    if ((at + 1) % ROWS_PER_BATCH === 0 || at + 1 === length) {
      batches.push(encoder.encode(lines));
      lines = '';
    }
  }
  return {
    batches,
    span: { startedAt: leg.startedAt, endedAt: new Date(start + Math.max(milliseconds, 0)) },
  };
}

/** Names of the channels that a leg has, as the API calls them: `position` for latitude and longitude. */
export function measuredChannels({ samples }: Pick<Leg, 'samples'>): string[] {
  const inRows = SAMPLE_CHANNELS.filter((channel) => samples.channels[channel] !== undefined);
  return samples.channels.latitude ? ['position', ...inRows] : inRows;
}
