import { eraseAthlete, tombstones } from '../../graph/erasure.js';
import { systemSubject } from '../../policies/subject.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';

/** Clears away the follows, requests, blocks and mutes of an athlete who was deleted. */
export const eraseDeleted = job({
  name: 'athlete.erase',
  on: ['athlete.deleted'],
  run: (app, { payload, eventId }) => erase(app, String(payload.athleteId), eventId),
});

/**
 * Goes over the tombstones again: each is deleted once the other jobs have cleared away what was tied to it, and
 * whatever was given up on the way is taken up here.
 */
export const sweepTombstones = job({
  name: 'athlete.sweepTombstones',
  every: { seconds: 600 },
  run: async (app: App) => {
    for (const athleteId of await tombstones(app.graph)) await erase(app, athleteId, 'sweep');
  },
});

async function erase(app: App, athleteId: string, requestId: string): Promise<void> {
  const grant = app.access.require(systemSubject('worker', requestId), 'athlete.erase', {
    resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
    facts: { ownerStanding: 'deleted' },
  });
  await eraseAthlete(app.graph, grant, athleteId);
}
