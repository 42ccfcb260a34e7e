import { followers, following, listsOf } from '../../graph/follow-lists.js';
import { follow, removeFollower, unfollow } from '../../graph/follows.js';
import { AthleteKey, AthleteSummaryView } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { RateLimits } from '../http/rate-limits.js';
import { cursorTo, sliceOf } from '../http/since-cursor.js';
import type { App } from '../wiring.js';
import { FollowState } from './shapes.js';

type OfAthlete = Call<{ params: typeof AthleteKey }>;
type PageOfAthlete = Call<{ params: typeof AthleteKey; query: typeof PageQuery }>;

export class FollowsController {
  readonly #limits: RateLimits;

  constructor(private readonly app: App) {
    this.#limits = new RateLimits(app.config, app.redis, app.log, app.now);
  }

  @Endpoint('PUT /v1/athletes/{athleteId}/follow', {
    action: 'follow.create',
    decided: 'inside',
    summary: 'Follow an athlete, or ask to',
    params: AthleteKey,
    answers: { 200: FollowState },
    problems: ['too-many-follows', 'too-many-requests'],
  })
  async follow({ subject, params }: OfAthlete): Promise<Answer> {
    const { access, graph, now } = this.app;
    await this.#limits.require('follows', callerId(subject));
    const state = await follow(
      graph,
      (target) => access.require(subject, 'follow.create', target),
      { actorId: callerId(subject), otherId: params.athleteId },
      now(),
    );
    if (!state) throw new NotFound('athlete');
    return ok({ athleteId: params.athleteId, state });
  }

  @Endpoint('DELETE /v1/athletes/{athleteId}/follow', {
    action: 'follow.delete',
    decided: 'inside',
    summary: 'Stop following an athlete, or take the request back',
    params: AthleteKey,
    answers: { 204: null },
  })
  async unfollow({ subject, params }: OfAthlete): Promise<Answer> {
    const { access, graph } = this.app;
    const isDone = await unfollow(graph, (target) => access.require(subject, 'follow.delete', target), {
      actorId: callerId(subject),
      otherId: params.athleteId,
    });
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('DELETE /v1/athletes/me/followers/{athleteId}', {
    action: 'follower.remove',
    decided: 'inside',
    summary: 'Remove one of your followers',
    params: AthleteKey,
    answers: { 204: null },
  })
  async removeFollower({ subject, params }: OfAthlete): Promise<Answer> {
    const { access, graph } = this.app;
    const isDone = await removeFollower(
      graph,
      (target) => access.require(subject, 'follower.remove', target),
      { actorId: callerId(subject), otherId: params.athleteId },
    );
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('GET /v1/athletes/{athleteId}/followers', {
    action: 'follow.list',
    decided: 'inside',
    summary: 'List who follows an athlete',
    params: AthleteKey,
    query: PageQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async followers(call: PageOfAthlete): Promise<Answer> {
    return this.#list(call, followers);
  }

  @Endpoint('GET /v1/athletes/{athleteId}/following', {
    action: 'follow.list',
    decided: 'inside',
    summary: 'List whom an athlete follows',
    params: AthleteKey,
    query: PageQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async following(call: PageOfAthlete): Promise<Answer> {
    return this.#list(call, following);
  }

  async #list({ subject, params, query }: PageOfAthlete, list: typeof followers): Promise<Answer> {
    const { access, graph } = this.app;
    const ids = { athleteId: params.athleteId, viewerId: callerId(subject) };
    const target = await listsOf(graph, ids);
    if (!target) throw new NotFound('athlete');
    access.require(subject, 'follow.list', target);
    const { items, next } = await list(graph, ids, sliceOf(query));
    return ok({ items: access.openEach(subject, 'athlete.read', items), nextCursor: cursorTo(next) });
  }
}
