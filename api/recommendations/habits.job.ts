import { z } from 'zod';
import { habitsMatter, habitsSince, updateHabits } from '../../graph/habits.js';
import { systemSubject } from '../../policies/subject.js';
import { job } from '../jobs/job.js';
import { habitsOf } from './habits.js';

const OfAthlete = z.object({ athleteId: z.uuid() });

/**
 * Keeps up with what athletes who look for company do again and again. It works everything out anew from what others
 * may see now: again is the same as once, and what somebody has hidden meanwhile is gone.
 */
export const keepHabits = job({
  name: 'recommendation.keepHabits',
  on: [
    'activity.created',
    'activity.updated',
    'activity.deleted',
    'athlete.openedToTraining',
    'athlete.closedToTraining',
    'privacyZones.changed',
    'privacyZones.applied',
  ],
  run: async ({ access, graph, masterKey, now }, { payload, eventId }) => {
    const { athleteId } = OfAthlete.parse(payload);
    if (!(await habitsMatter(graph, athleteId))) return;
    const grant = access.require(systemSubject('worker', eventId), 'habit.update', {
      resource: { kind: 'habit', id: athleteId, ownerId: athleteId },
      facts: {},
    });
    const startedAfter = habitsSince(now());
    await updateHabits(graph, grant, { athleteId, startedAfter, masterKey, habitsOf });
  },
});
