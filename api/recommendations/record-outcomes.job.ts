import { z } from 'zod';
import { systemSubject } from '../../policies/subject.js';
import { forgetImpressions, type Outcome, recordOutcome } from '../../timeseries/recommendation-events.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';
import { impressionKey } from './impressions.js';

const Followed = z.object({ followerId: z.uuid(), followeeId: z.uuid() });
const Joined = z.object({ athleteId: z.uuid(), clubId: z.uuid() });
const Dismissed = z.object({ dismisserId: z.uuid(), dismissedId: z.uuid() });
const OfAthlete = z.object({ athleteId: z.uuid() });

/** Notes that somebody follows whom they were recommended; where they have to ask, once they are let. */
export const noteFollow = job({
  name: 'recommendation.noteFollow',
  on: ['athlete.followed'],
  run: async (app, { payload, eventId }) => {
    const { followerId, followeeId } = Followed.parse(payload);
    await note(app, eventId, { athleteId: followerId, itemId: followeeId, outcome: 'accepted' });
  },
});

/** Notes that somebody has joined what they were recommended. */
export const noteJoin = job({
  name: 'recommendation.noteJoin',
  on: ['club.joined'],
  run: async (app, { payload, eventId }) => {
    const { athleteId, clubId } = Joined.parse(payload);
    await note(app, eventId, { athleteId, itemId: clubId, outcome: 'accepted' });
  },
});

/** Notes that somebody is not interested in what they were recommended. */
export const noteDismissal = job({
  name: 'recommendation.noteDismissal',
  on: ['recommendation.dismissed'],
  run: async (app, { payload, eventId }) => {
    const { dismisserId, dismissedId } = Dismissed.parse(payload);
    await note(app, eventId, { athleteId: dismisserId, itemId: dismissedId, outcome: 'dismissed' });
  },
});

/** Forgets what an athlete who was deleted was shown, and to whom they were. */
export const forgetShown = job({
  name: 'recommendation.forget',
  on: ['athlete.deleted'],
  run: async ({ access, series, masterKey }, { payload, eventId }) => {
    const { athleteId } = OfAthlete.parse(payload);
    const grant = access.require(systemSubject('worker', eventId), 'athlete.erase', {
      resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
      facts: { ownerStanding: 'deleted' },
    });
    await forgetImpressions(series, grant, impressionKey(masterKey), athleteId);
  },
});

async function note(
  { access, series, masterKey, now }: App,
  eventId: string,
  outcome: Omit<Outcome, 'at'>,
): Promise<void> {
  const grant = access.require(systemSubject('worker', eventId), 'recommendation.record', {
    resource: { kind: 'recommendation', id: outcome.itemId, ownerId: outcome.athleteId },
    facts: {},
  });
  await recordOutcome(series, grant, impressionKey(masterKey), { ...outcome, at: now() });
}
