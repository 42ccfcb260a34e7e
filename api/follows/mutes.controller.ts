import { mute, mutedAthletes, unmute } from '../../graph/mutes.js';
import { AthleteKey, AthleteSummaryView } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { cursorTo, sliceOf } from '../http/since-cursor.js';
import type { App } from '../wiring.js';

export class MutesController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes/me/mutes', {
    action: 'mute.list',
    decided: 'atDoor',
    summary: 'List whom you mute',
    query: PageQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async list({ subject, query }: Call<{ query: typeof PageQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const { items, next } = await mutedAthletes(graph, callerId(subject), sliceOf(query));
    return ok({ items: access.openEach(subject, 'athlete.read', items), nextCursor: cursorTo(next) });
  }

  @Endpoint('PUT /v1/athletes/{athleteId}/mute', {
    action: 'mute.create',
    decided: 'inside',
    summary: 'Mute an athlete',
    description:
      'What they do leaves your feed and your recommendations. They are not told, and nothing changes for them.',
    params: AthleteKey,
    answers: { 204: null },
    problems: ['too-many-mutes'],
  })
  async mute({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const isDone = await mute(
      graph,
      (target) => access.require(subject, 'mute.create', target),
      { actorId: callerId(subject), otherId: params.athleteId },
      now(),
    );
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('DELETE /v1/athletes/{athleteId}/mute', {
    action: 'mute.delete',
    decided: 'inside',
    summary: 'Lift a mute',
    params: AthleteKey,
    answers: { 204: null },
  })
  async unmute({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph } = this.app;
    const isDone = await unmute(graph, (target) => access.require(subject, 'mute.delete', target), {
      actorId: callerId(subject),
      otherId: params.athleteId,
    });
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }
}
