import { athleteById } from '../../graph/athletes.js';
import { clubById } from '../../graph/clubs.js';
import { dismiss, undismiss } from '../../graph/dismissals.js';
import type { Grant } from '../../policies/access.js';
import { AthleteKey } from '../athletes/shapes.js';
import { ClubKey } from '../clubs/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';

/** What an athlete does not want to be recommended again. */
export class DismissalsController {
  constructor(private readonly app: App) {}

  @Endpoint('PUT /v1/recommendations/athletes/{athleteId}/dismissal', {
    action: 'recommendation.dismiss',
    decided: 'inside',
    summary: 'Say that you are not interested in an athlete',
    params: AthleteKey,
    answers: { 204: null },
    problems: ['too-many-dismissals'],
  })
  async dismissAthlete({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph, masterKey, now } = this.app;
    const { athleteId } = params;
    const viewerId = callerId(subject);
    const year = now().getUTCFullYear();
    const athlete = await athleteById(graph, masterKey, { athleteId, viewerId, year });
    if (!athlete || athleteId === viewerId) throw new NotFound('athlete');
    access.require(subject, 'athlete.read', athlete);
    return this.#dismiss(subject, athleteId);
  }

  @Endpoint('DELETE /v1/recommendations/athletes/{athleteId}/dismissal', {
    action: 'recommendation.dismiss',
    decided: 'inside',
    summary: 'Let an athlete be recommended again',
    params: AthleteKey,
    answers: { 204: null },
  })
  async undismissAthlete({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    return this.#undismiss(subject, params.athleteId);
  }

  @Endpoint('PUT /v1/recommendations/clubs/{clubId}/dismissal', {
    action: 'recommendation.dismiss',
    decided: 'inside',
    summary: 'Say that you are not interested in a club',
    params: ClubKey,
    answers: { 204: null },
    problems: ['too-many-dismissals'],
  })
  async dismissClub({ subject, params }: Call<{ params: typeof ClubKey }>): Promise<Answer> {
    const club = await clubById(this.app.graph, params.clubId, callerId(subject));
    if (!club) throw new NotFound('club');
    this.app.access.require(subject, 'club.read', club);
    return this.#dismiss(subject, params.clubId);
  }

  @Endpoint('DELETE /v1/recommendations/clubs/{clubId}/dismissal', {
    action: 'recommendation.dismiss',
    decided: 'inside',
    summary: 'Let a club be recommended again',
    params: ClubKey,
    answers: { 204: null },
  })
  async undismissClub({ subject, params }: Call<{ params: typeof ClubKey }>): Promise<Answer> {
    return this.#undismiss(subject, params.clubId);
  }

  async #dismiss(subject: Call['subject'], dismissedId: string): Promise<Answer> {
    const dismissal = { dismisserId: callerId(subject), dismissedId };
    await dismiss(this.app.graph, this.#grant(subject, dismissal.dismisserId), dismissal, this.app.now());
    return noContent();
  }

  async #undismiss(subject: Call['subject'], dismissedId: string): Promise<Answer> {
    const dismissal = { dismisserId: callerId(subject), dismissedId };
    await undismiss(this.app.graph, this.#grant(subject, dismissal.dismisserId), dismissal);
    return noContent();
  }

  #grant(subject: Call['subject'], athleteId: string): Grant {
    const resource = { kind: 'dismissal', id: athleteId, ownerId: athleteId };
    return this.app.access.require(subject, 'recommendation.dismiss', { resource, facts: {} });
  }
}
