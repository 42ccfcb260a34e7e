import type { Grant } from '../policies/access.js';
import { type Series, type SeriesTransaction, sql } from './pool.js';
import { assertAbout } from './samples.js';
import type { LapFigures } from './tracks/measures.js';

/** Figures that a lap can have beside its times. */
type LapFigure =
  | 'distanceMeters'
  | 'climbMeters'
  | 'descentMeters'
  | 'averageSpeedMetersPerSecond'
  | 'maxSpeedMetersPerSecond'
  | 'averageHeartRateBpm'
  | 'maxHeartRateBpm'
  | 'averageCadenceRpm'
  | 'maxCadenceRpm'
  | 'averagePowerWatts'
  | 'maxPowerWatts';

/** One lap of an activity; null where nothing was measured. */
export type StoredLap = { readonly [Name in LapFigure]: number | null } & {
  /** 1 for the first. */
  readonly lap: number;
  /** Since the start of the activity. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly elapsedSeconds: number;
  readonly movingSeconds: number;
};

const save = sql<{ activityId: string; laps: string }, object>('laps/save.sql');
const remove = sql<{ activityId: string }, object>('laps/delete.sql');
const ofActivity = sql<{ activityId: string }, StoredLap>('laps/of-activity.sql');

/** Replaces the laps of an activity; the grant is for `upload.process`. */
export async function writeLaps(
  transaction: SeriesTransaction,
  grant: Grant,
  activityId: string,
  laps: readonly LapFigures[],
): Promise<void> {
  grant.assertFor('upload.process');
  await transaction.query(remove, { activityId });
  if (laps.length > 0) await transaction.query(save, { activityId, laps: JSON.stringify(laps) });
}

/** Deletes the laps of an activity, if it has any. */
export async function deleteLaps(transaction: SeriesTransaction, activityId: string): Promise<void> {
  await transaction.query(remove, { activityId });
}

/** Laps of an activity in order; the grant is for `activity.read` or `activity.readStreams` of it. */
export async function readLaps(series: Series, grant: Grant, activityId: string): Promise<StoredLap[]> {
  assertAbout(grant, activityId, 'activity.read', 'activity.readStreams');
  return series.query(ofActivity, { activityId });
}
