import type { Grant } from '../policies/access.js';
import { type Series, sql } from './pool.js';
import { assertAbout, type RecordingIds, recordingFor } from './samples.js';

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

const ofActivity = sql<{ activityId: string }, StoredLap>('laps/of-activity.sql');

/**
 * Laps of an activity in order.
 *
 * @param grant for `activity.read` or `activity.readStreams` of it; what it withholds is null
 */
export async function readLaps(series: Series, grant: Grant, ids: RecordingIds): Promise<StoredLap[]> {
  assertAbout(grant, ids.activityId, 'activity.read', 'activity.readStreams');
  const laps = await series.query(ofActivity, { activityId: recordingFor(grant, ids) });
  return grant.without({ laps }).laps;
}
