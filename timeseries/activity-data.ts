import type { Grant } from '../policies/access.js';
import type { AthleteKey } from '../policies/keys.js';
import type { BestEfforts } from './best-efforts.js';
import { type Series, type SeriesTransaction, sql } from './pool.js';
import { encryptedBlocks } from './positions.js';
import type { SampleSpan } from './sample-rows.js';
import type { LapFigures } from './tracks/measures.js';

/** Everything that TimescaleDB keeps of one activity, ready to be written. */
export interface ActivityData extends BestEfforts {
  readonly activityId: string;
  /** From `sampleRows`. */
  readonly span: SampleSpan;
  readonly batches: readonly Uint8Array[];
  readonly sampleCount: number;
  readonly channels: readonly string[];
  /** Packed by `encodePositionBlocks`. */
  readonly positionBlocks: readonly Uint8Array[];
  readonly laps: readonly LapFigures[];
}

interface SavedData extends SampleSpan {
  readonly activityId: string;
  readonly sampleCount: number;
  readonly channels: readonly string[];
  readonly positionBlocks: readonly Uint8Array[];
  readonly laps: string;
  readonly bestDistances: string;
  readonly bestPowers: string;
}

const save = sql<SavedData, object>('activity-data/save.sql');
const copySamples = sql<object, object>('samples/copy.sql');
const remove = sql<{ activityId: string }, SampleSpan>('activity-data/delete.sql');
const deleteSamples = sql<SampleSpan & { activityId: string }, object>('activity-data/delete-samples.sql');
const writtenBetween = sql<
  { from: Date; until: Date; afterId: string; limit: number },
  { activityId: string }
>('recordings/written-between.sql');

/**
 * Replaces what is kept of an activity; doing it again leaves one copy.
 *
 * @param grant for `upload.process` or `privacyZone.apply`
 * @param owner whose key encrypts the positions
 */
export async function writeActivityData(
  transaction: SeriesTransaction,
  grant: Grant,
  owner: { readonly athleteId: string; readonly key: AthleteKey },
  data: ActivityData,
): Promise<void> {
  grant.assertFor('upload.process', 'privacyZone.apply');
  const { activityId, span, sampleCount, channels } = data;
  await deleteAll(transaction, activityId);
  await transaction.query(save, {
    activityId,
    ...span,
    sampleCount,
    channels,
    positionBlocks: encryptedBlocks({ ...owner, activityId }, data.positionBlocks),
    laps: JSON.stringify(data.laps),
    bestDistances: JSON.stringify(data.bestDistances),
    bestPowers: JSON.stringify(data.bestPowers),
  });
  for (const batch of data.batches) await transaction.copy(copySamples, chunks(batch));
}

/**
 * Deletes everything that is kept of an activity; nothing happens when nothing is.
 *
 * @param grant for `activity.erase`, `upload.process`, `privacyZone.apply` or `athlete.erase`
 */
export async function deleteActivityData(series: Series, grant: Grant, activityId: string): Promise<void> {
  grant.assertFor('activity.erase', 'upload.process', 'privacyZone.apply', 'athlete.erase');
  await series.transaction((transaction) => deleteAll(transaction, activityId));
}

async function deleteAll(transaction: SeriesTransaction, activityId: string): Promise<void> {
  const [span] = await transaction.query(remove, { activityId });
  if (span) await transaction.query(deleteSamples, { activityId, ...span });
}

/**
 * Ids of the activities whose samples were written in `[from, until)`, a page in order of ids; to find leftovers
 * of activities that the graph does not know.
 *
 * @param afterId the last id of the page before; the smallest UUID at first
 */
export async function activitiesWrittenBetween(
  series: Series,
  page: { readonly from: Date; readonly until: Date; readonly afterId: string; readonly limit: number },
): Promise<string[]> {
  const rows = await series.query(writtenBetween, page);
  return rows.map(({ activityId }) => activityId);
}

const CHUNK_BYTES = 1 << 20;

function* chunks(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}
