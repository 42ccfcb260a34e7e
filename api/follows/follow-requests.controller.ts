import { followRequests } from '../../graph/follow-lists.js';
import { acceptRequest, declineRequest } from '../../graph/follows.js';
import { AthleteKey, AthleteSummaryView } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { cursorTo, sliceOf } from '../http/since-cursor.js';
import type { App } from '../wiring.js';

export class FollowRequestsController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/follow-requests', {
    action: 'followRequest.list',
    decided: 'atDoor',
    summary: 'List who asks to follow you',
    query: PageQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async list({ subject, query }: Call<{ query: typeof PageQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const { items, next } = await followRequests(graph, callerId(subject), sliceOf(query));
    return ok({ items: access.openEach(subject, 'athlete.read', items), nextCursor: cursorTo(next) });
  }

  @Endpoint('PUT /v1/follow-requests/{athleteId}', {
    action: 'followRequest.accept',
    decided: 'inside',
    summary: 'Accept a request to follow you',
    params: AthleteKey,
    answers: { 204: null },
    problems: ['too-many-follows'],
  })
  async accept({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const isDone = await acceptRequest(
      graph,
      (target) => access.require(subject, 'followRequest.accept', target),
      { actorId: callerId(subject), otherId: params.athleteId },
      now(),
    );
    if (!isDone) throw new NotFound('follow request');
    return noContent();
  }

  @Endpoint('DELETE /v1/follow-requests/{athleteId}', {
    action: 'followRequest.decline',
    decided: 'inside',
    summary: 'Decline a request to follow you',
    params: AthleteKey,
    answers: { 204: null },
  })
  async decline({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph } = this.app;
    const isDone = await declineRequest(
      graph,
      (target) => access.require(subject, 'followRequest.decline', target),
      { actorId: callerId(subject), otherId: params.athleteId },
    );
    if (!isDone) throw new NotFound('follow request');
    return noContent();
  }
}
