import { z } from 'zod';
import { activitiesOfDeletedAthlete, eraseActivity } from '../../graph/activity-changes.js';
import { systemSubject } from '../../policies/subject.js';
import { deleteActivityData } from '../../timeseries/activity-data.js';
import { job } from '../jobs/job.js';

const OfActivity = z.object({ activityId: z.uuid(), athleteId: z.uuid() });
const OfAthlete = z.object({ athleteId: z.uuid() });

/** Clears what TimescaleDB has of a deleted activity. */
export const eraseData = job({
  name: 'activity.erase',
  on: ['activity.deleted'],
  run: async ({ access, series }, { payload, eventId }) => {
    const { activityId, athleteId } = OfActivity.parse(payload);
    const grant = access.require(systemSubject('worker', eventId), 'activity.erase', {
      resource: { kind: 'activity', id: activityId, ownerId: athleteId },
      facts: {},
    });
    await deleteActivityData(series, grant, activityId);
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
      const activityIds = await activitiesOfDeletedAthlete(graph, athleteId, ACTIVITIES_PER_ROUND);
      if (activityIds.length === 0) return;
      for (const activityId of activityIds) {
        // The graph last: a run that is cut short finds what it has not finished.
        await deleteActivityData(series, grant, activityId);
        await eraseActivity(graph, grant, activityId);
      }
    }
  },
});

const ACTIVITIES_PER_ROUND = 100;
