import type { Grant } from '../policies/access.js';
import { type Series, sql } from './pool.js';
import { assertAbout, type RecordingIds, recordingFor } from './samples.js';
import type { BestDistance, BestPower } from './tracks/best-efforts.js';

/** The best that an activity holds, over each usual distance and each usual time. */
export interface BestEfforts {
  readonly bestDistances: readonly BestDistance[];
  readonly bestPowers: readonly BestPower[];
}

const distances = sql<{ activityId: string }, BestDistance>('best-efforts/distances.sql');
const powers = sql<{ activityId: string }, BestPower>('best-efforts/powers.sql');

/**
 * Best efforts of an activity.
 *
 * @param grant for `activity.read` or `activity.readStreams` of it; what it withholds is not there
 */
export async function readBestEfforts(series: Series, grant: Grant, ids: RecordingIds): Promise<BestEfforts> {
  assertAbout(grant, ids.activityId, 'activity.read', 'activity.readStreams');
  const activityId = recordingFor(grant, ids);
  const [bestDistances, bestPowers] = await Promise.all([
    series.query(distances, { activityId }),
    series.query(powers, { activityId }),
  ]);
  return grant.without({ bestDistances, bestPowers });
}
