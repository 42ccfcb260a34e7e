import type { Grant } from '../policies/access.js';
import { type Series, type SeriesTransaction, sql } from './pool.js';
import { assertAbout } from './samples.js';
import type { BestDistance, BestPower } from './tracks/best-efforts.js';

/** The best that an activity holds, over each usual distance and each usual time. */
export interface BestEfforts {
  readonly bestDistances: readonly BestDistance[];
  readonly bestPowers: readonly BestPower[];
}

const saveDistances = sql<{ activityId: string; efforts: string }, object>('best-efforts/save-distances.sql');
const savePowers = sql<{ activityId: string; efforts: string }, object>('best-efforts/save-powers.sql');
const remove = sql<{ activityId: string }, object>('best-efforts/delete.sql');
const distances = sql<{ activityId: string }, BestDistance>('best-efforts/distances.sql');
const powers = sql<{ activityId: string }, BestPower>('best-efforts/powers.sql');

/** Replaces the best efforts of an activity; the grant is for `upload.process`. */
export async function writeBestEfforts(
  transaction: SeriesTransaction,
  grant: Grant,
  activityId: string,
  { bestDistances, bestPowers }: BestEfforts,
): Promise<void> {
  grant.assertFor('upload.process');
  await transaction.query(remove, { activityId });
  if (bestDistances.length > 0) {
    await transaction.query(saveDistances, { activityId, efforts: JSON.stringify(bestDistances) });
  }
  if (bestPowers.length > 0) {
    await transaction.query(savePowers, { activityId, efforts: JSON.stringify(bestPowers) });
  }
}

/** Deletes the best efforts of an activity, if it has any. */
export async function deleteBestEfforts(transaction: SeriesTransaction, activityId: string): Promise<void> {
  await transaction.query(remove, { activityId });
}

/** Best efforts of an activity; the grant is for `activity.read` or `activity.readStreams` of it. */
export async function readBestEfforts(
  series: Series,
  grant: Grant,
  activityId: string,
): Promise<BestEfforts> {
  assertAbout(grant, activityId, 'activity.read', 'activity.readStreams');
  const [bestDistances, bestPowers] = await Promise.all([
    series.query(distances, { activityId }),
    series.query(powers, { activityId }),
  ]);
  return { bestDistances, bestPowers };
}
