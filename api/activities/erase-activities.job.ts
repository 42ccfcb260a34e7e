import { z } from 'zod';
import { activitiesOfDeletedAthlete, eraseActivity } from '../../graph/activity-changes.js';
import { uploaderKey } from '../../graph/uploads.js';
import type { Grant } from '../../policies/access.js';
import { systemSubject } from '../../policies/subject.js';
import { deleteActivityData } from '../../timeseries/activity-data.js';
import { unmarkMapCells } from '../../timeseries/map-cells.js';
import { readPositions } from '../../timeseries/positions.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';

const OfActivity = z.object({
  activityId: z.uuid(),
  athleteId: z.uuid(),
  publicRecordingId: z.string().optional(),
});
const OfAthlete = z.object({ athleteId: z.uuid() });

/** Clears what TimescaleDB has of a deleted activity. */
export const eraseData = job({
  name: 'activity.erase',
  on: ['activity.deleted'],
  run: async (app, { payload, eventId }) => {
    const { access, series } = app;
    const { activityId, athleteId, publicRecordingId } = OfActivity.parse(payload);
    const grant = access.require(systemSubject('worker', eventId), 'activity.erase', {
      resource: { kind: 'activity', id: activityId, ownerId: athleteId },
      facts: {},
    });
    // While its positions are there: nothing else tells its cells.
    await unmap(app, grant, { activityId, athleteId });
    await deleteActivityData(series, grant, activityId);
    if (publicRecordingId !== undefined) await deleteActivityData(series, grant, publicRecordingId);
  },
});

/** Deletes all activities of an athlete who was deleted, with what TimescaleDB has of them. */
export const eraseAll = job({
  name: 'activity.eraseAll',
  on: ['athlete.deleted'],
  run: async ({ access, graph, series }, { payload, eventId }) => {
    const { athleteId } = OfAthlete.parse(payload);
    const grant = access.require(systemSubject('worker', eventId), 'athlete.erase', {
      resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
      facts: { ownerStanding: 'deleted' },
    });
    for (;;) {
      const activities = await activitiesOfDeletedAthlete(graph, athleteId, ACTIVITIES_PER_ROUND);
      if (activities.length === 0) return;
      for (const { activityId, publicRecordingId } of activities) {
        // The graph last: a run that is cut short finds what it has not finished.
        await deleteActivityData(series, grant, activityId);
        if (publicRecordingId !== null) await deleteActivityData(series, grant, publicRecordingId);
        await eraseActivity(graph, grant, activityId);
      }
    }
  },
});

const ACTIVITIES_PER_ROUND = 100;

/** Takes an activity off the map of used cells; one of an athlete without a key is tied to nobody any more. */
async function unmap(
  { graph, series, masterKey }: App,
  grant: Grant,
  { activityId, athleteId }: { readonly activityId: string; readonly athleteId: string },
): Promise<void> {
  const wrappedKey = await uploaderKey(graph, athleteId);
  if (!wrappedKey) return;
  const key = masterKey.unwrap(athleteId, wrappedKey);
  const positions = await readPositions(series, grant, { athleteId, activityId, key });
  if (positions) await unmarkMapCells(series, grant, { activityId, key, masterKey, positions });
}
