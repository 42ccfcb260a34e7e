import type { Grant } from '../policies/access.js';
import type { AthleteKey } from '../policies/keys.js';
import { type BestEfforts, deleteBestEfforts, writeBestEfforts } from './best-efforts.js';
import { deleteLaps, writeLaps } from './laps.js';
import { type Series, type SeriesTransaction, sql } from './pool.js';
import { deletePositions, writePositions } from './positions.js';
import type { SampleSpan } from './sample-rows.js';
import { deleteRows, writeSamples } from './samples.js';
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

const writtenBetween = sql<
  { from: Date; until: Date; afterId: string; limit: number },
  { activityId: string }
>('recordings/written-between.sql');

/**
 * Replaces what is kept of an activity; doing it again leaves one copy.
 *
 * @param grant for `upload.process`
 * @param owner whose key encrypts the positions
 */
export async function writeActivityData(
  transaction: SeriesTransaction,
  grant: Grant,
  owner: { readonly athleteId: string; readonly key: AthleteKey },
  data: ActivityData,
): Promise<void> {
  const { activityId } = data;
  await writePositions(transaction, grant, { ...owner, activityId }, data.positionBlocks);
  await writeLaps(transaction, grant, activityId, data.laps);
  await writeBestEfforts(transaction, grant, activityId, data);
  await writeSamples(transaction, grant, data);
}

/**
 * Deletes everything that is kept of an activity; nothing happens when nothing is.
 *
 * @param grant for `activity.erase`, `upload.process` or `athlete.erase`
 */
export async function deleteActivityData(series: Series, grant: Grant, activityId: string): Promise<void> {
  grant.assertFor('activity.erase', 'upload.process', 'athlete.erase');
  await series.transaction(async (transaction) => {
    await deletePositions(transaction, activityId);
    await deleteLaps(transaction, activityId);
    await deleteBestEfforts(transaction, activityId);
    await deleteRows(transaction, activityId);
  });
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
