import type { Grant } from '../policies/access.js';
import type { Action } from '../policies/actions.js';
import { type Series, type SeriesTransaction, sql } from './pool.js';
import type { SampleChannel, SampleSpan } from './sample-rows.js';

/** A column of samples: the seconds since the start, or a channel. */
export type SampleColumn = SampleChannel | 'time';

/** Samples of an activity; each column is the text of a JSON array, null where nothing was measured. */
export interface SampleTexts {
  readonly sampleCount: number;
  /** Only what was asked for. */
  readonly columns: Readonly<Partial<Record<SampleColumn, string>>>;
}

const saveRecording = sql<
  SampleSpan & { activityId: string; sampleCount: number; channels: readonly string[] },
  object
>('recordings/save.sql');
const deleteRecording = sql<{ activityId: string }, SampleSpan>('recordings/delete.sql');
const copySamples = sql<object, object>('samples/copy.sql');
const deleteSamples = sql<SampleSpan & { activityId: string }, object>('samples/delete.sql');
const streams = sql<
  { activityId: string; channels: readonly SampleColumn[] },
  { sampleCount: number } & Record<SampleColumn, string | null>
>('samples/streams.sql');

/**
 * Replaces the samples of an activity.
 *
 * @param grant for `upload.process`
 * @param recording `batches` and `span` come from `sampleRows`; `channels` are the API's names
 */
export async function writeSamples(
  transaction: SeriesTransaction,
  grant: Grant,
  recording: {
    readonly activityId: string;
    readonly span: SampleSpan;
    readonly sampleCount: number;
    readonly channels: readonly string[];
    readonly batches: readonly Uint8Array[];
  },
): Promise<void> {
  grant.assertFor('upload.process');
  const { activityId, span, sampleCount, channels, batches } = recording;
  await deleteRows(transaction, activityId);
  await transaction.query(saveRecording, { activityId, ...span, sampleCount, channels });
  for (const batch of batches) await transaction.copy(copySamples, chunks(batch));
}

/** Deletes the samples of an activity, if it has any. */
export async function deleteRows(transaction: SeriesTransaction, activityId: string): Promise<void> {
  const [span] = await transaction.query(deleteRecording, { activityId });
  if (span) await transaction.query(deleteSamples, { activityId, ...span });
}

/**
 * Reads all samples of an activity, in order of time.
 *
 * @param grant for `activity.readStreams` of this activity
 */
export async function readSamples(
  series: Series,
  grant: Grant,
  activityId: string,
  channels: readonly SampleColumn[],
): Promise<SampleTexts> {
  assertAbout(grant, activityId, 'activity.readStreams');
  const [row] = await series.query(streams, { activityId, channels });
  if (!row) return { sampleCount: 0, columns: {} };
  const { sampleCount, ...columns } = row;
  return {
    sampleCount,
    columns: Object.fromEntries(Object.entries(columns).filter(([, text]) => text !== null)),
  };
}

/** Asserts that a grant is for one of the actions and for this activity: it opens no other. */
export function assertAbout(grant: Grant, activityId: string, ...actions: readonly Action[]): void {
  grant.assertFor(...actions);
  if (grant.resource.id !== activityId) {
    throw new Error(`a grant for ${grant.resource.id} was used for activity ${activityId}`);
  }
}

const CHUNK_BYTES = 1 << 20;

function* chunks(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}
