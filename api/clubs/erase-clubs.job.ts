import {
  closedClubs,
  deleteOverInvitations,
  eraseClosedClub,
  forgetMember,
} from '../../graph/club-erasure.js';
import { tombstones } from '../../graph/erasure.js';
import type { Grant } from '../../policies/access.js';
import { systemSubject } from '../../policies/subject.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';

/** Takes an athlete who was deleted out of every club, and hands over what they owned. */
export const forgetClubMember = job({
  name: 'club.forgetMember',
  on: ['athlete.deleted'],
  run: (app, { payload, eventId }) =>
    forgetMember(app.graph, grantFor(app, eventId), String(payload.athleteId), app.now()),
});

/** Clears away what a closed club still holds. */
export const eraseClub = job({
  name: 'club.erase',
  on: ['club.closed'],
  run: (app, { payload, eventId }) =>
    eraseClosedClub(app.graph, grantFor(app, eventId), String(payload.clubId)),
});

/** Takes up whatever was given up on the way, and deletes the invitations that are over. */
export const sweepClubs = job({
  name: 'club.sweep',
  every: { seconds: 600 },
  run: async (app: App) => {
    const grant = grantFor(app, 'sweep');
    for (const athleteId of await tombstones(app.graph))
      await forgetMember(app.graph, grant, athleteId, app.now());
    for (const clubId of await closedClubs(app.graph)) await eraseClosedClub(app.graph, grant, clubId);
    await deleteOverInvitations(app.graph, grant, app.now());
  },
});

function grantFor({ access }: App, requestId: string): Grant {
  const resource = { kind: 'club', id: 'all' };
  return access.require(systemSubject('worker', requestId), 'club.erase', { resource, facts: {} });
}
