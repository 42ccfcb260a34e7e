import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import {
  AthleteGone,
  begun,
  createActivity,
  type Figures,
  NO_FIGURES,
  NOTHING_HIDDEN,
} from './activities.js';
import { targetOf } from './activity-facts.js';
import { lockAthletes } from './locks.js';
import type { RecordingIds } from './recording-ids.js';
import { type ActivityAccess, accessTo } from './sealed-activities.js';
import { cypher, type Graph, type Whole, type WriteTransaction, whole } from './session.js';
import { type Sharing, type SharingMentions, type SharingWishes, wishedSharing } from './sharing.js';
import { refuseStale } from './stale-version.js';

/** What an athlete says about an activity that nothing has recorded. */
export interface ManualActivity {
  readonly activityId: string;
  readonly athleteId: string;
  readonly name: string;
  readonly description: string | null;
  readonly sport: string;
  /** Where it is null the profile decides. */
  readonly sharing: SharingWishes;
  readonly startedAt: Date;
  readonly figures: Partial<Figures> & Pick<Figures, 'elapsedSeconds'>;
}

/** What an edit sets; null clears, undefined leaves alone. */
export interface ActivityChanges extends SharingMentions {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly sport?: string | undefined;
}

type Decide = (target: Target) => Grant;
interface Ids {
  readonly activityId: string;
  readonly viewerId: string;
}

const defaults = cypher<{ athleteId: string }, Sharing & { timeZone: string }>('activities/defaults.cypher');
const lock = cypher<{ activityId: string }, { athleteId: string }>('activities/lock.cypher');
const update = cypher<{ activityId: string; changes: object }, { version: number }>(
  'activities/update.cypher',
);
const remove = cypher<{ activityId: string }, object>('activities/delete.cypher');
const ofDeletedAthlete = cypher<{ athleteId: string; limit: Whole }, RecordingIds>(
  'activities/of-deleted-athlete.cypher',
);

/**
 * Makes an activity that nothing has recorded.
 *
 * @param grant for `activity.create`
 * @throws {AthleteGone}
 */
export async function makeActivity(
  graph: Graph,
  grant: Grant,
  { figures, sharing, startedAt, ...said }: ManualActivity,
): Promise<void> {
  await graph.write(async (transaction) => {
    await lockAthletes(transaction, said.athleteId);
    const [profile] = await transaction.run(defaults, { athleteId: said.athleteId });
    if (!profile) throw new AthleteGone();
    const { timeZone, ...usual } = profile;
    const shared = wishedSharing(sharing, usual);
    await createActivity(transaction, grant, {
      ...NO_FIGURES,
      ...figures,
      ...said,
      ...shared,
      ...begun(startedAt, shared.hidesStartTime),
      timeZone,
      plainName: null,
      uploadId: null,
      device: null,
      polyline: null,
      outline: null,
      sampleCount: 0,
      channels: [],
      hidden: NOTHING_HIDDEN,
    });
  });
}

/**
 * Changes what an athlete says about an activity.
 *
 * @param expectedVersion undefined when the caller does not care
 * @returns false when there is no such activity
 * @throws {StaleVersion}
 */
export async function changeActivity(
  graph: Graph,
  decide: Decide,
  {
    changes,
    expectedVersion,
    ...ids
  }: Ids & {
    readonly changes: ActivityChanges;
    readonly expectedVersion: number | undefined;
  },
): Promise<boolean> {
  return withActivity(graph, ids, async (transaction, access) => {
    decide(targetOf(access)).assertFor('activity.update');
    refuseStale(expectedVersion, access.version);
    const { activityId, athleteId, startedAt } = access;
    const moved =
      changes.hidesStartTime === undefined
        ? undefined
        : begun(access.hiddenStartedAt ?? startedAt, changes.hidesStartTime);
    // The driver writes undefined as null, which would clear what nobody mentioned.
    const mentioned = Object.entries(changes).filter(([, value]) => value !== undefined);
    await transaction.run(update, { activityId, changes: { ...Object.fromEntries(mentioned), ...moved } });
    await transaction.emit({
      eventId: uuidv7(),
      type: 'activity.updated',
      key: activityId,
      // Where it was in lists until now: nothing else knows it any more.
      payload: { activityId, athleteId, startedAtMilliseconds: startedAt.getTime() },
    });
  });
}

/**
 * Deletes an activity: from here on nobody reads anything of it, and `activity.deleted` has the other stores cleared.
 *
 * @param expectedVersion undefined when the caller does not care
 * @returns false when there is no such activity
 * @throws {StaleVersion}
 */
export async function deleteActivity(
  graph: Graph,
  decide: Decide,
  { expectedVersion, ...ids }: Ids & { readonly expectedVersion: number | undefined },
): Promise<boolean> {
  return withActivity(graph, ids, async (transaction, access) => {
    decide(targetOf(access)).assertFor('activity.delete');
    refuseStale(expectedVersion, access.version);
    const { activityId, athleteId, startedAt, publicRecordingId } = access;
    await transaction.run(remove, { activityId });
    await transaction.emit({
      eventId: uuidv7(),
      type: 'activity.deleted',
      key: activityId,
      // Its place in the feeds, and what the series keeps for others: nothing else knows either any more.
      payload: {
        activityId,
        athleteId,
        startedAtMilliseconds: startedAt.getTime(),
        ...(publicRecordingId !== null && { publicRecordingId }),
      },
    });
  });
}

/** Some activities of an athlete who was deleted; none when none is left. */
export async function activitiesOfDeletedAthlete(
  graph: Graph,
  athleteId: string,
  limit: number,
): Promise<readonly RecordingIds[]> {
  return graph.execute(ofDeletedAthlete, { athleteId, limit: whole(limit) });
}

/**
 * Deletes an activity of an athlete who was deleted.
 *
 * @param grant for `athlete.erase`
 */
export async function eraseActivity(graph: Graph, grant: Grant, activityId: string): Promise<void> {
  grant.assertFor('athlete.erase');
  await graph.execute(remove, { activityId });
}

/** Runs one change of an activity under the lock of its athlete; false when there is no such activity. */
async function withActivity(
  graph: Graph,
  ids: Ids,
  change: (transaction: WriteTransaction, access: ActivityAccess) => Promise<void>,
): Promise<boolean> {
  return graph.write(async (transaction) => {
    const [locked] = await transaction.run(lock, { activityId: ids.activityId });
    const access = locked && (await accessTo(transaction, ids));
    if (!access) return false;
    await change(transaction, access);
    return true;
  });
}
