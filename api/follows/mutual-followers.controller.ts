import { mutualFollowers, mutualSides } from '../../graph/mutual-followers.js';
import { AthleteKey, AthleteSummaryView } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page } from '../http/paging.js';
import { BadQuery, NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { MutualCursor, MutualQuery } from './shapes.js';

type OfAthlete = Call<{ params: typeof AthleteKey; query: typeof MutualQuery }>;

export class MutualFollowersController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes/{athleteId}/mutual-followers', {
    action: 'follow.listMutual',
    decided: 'inside',
    summary: 'List who follows an athlete and you know',
    description:
      'Without `with`, those whom you follow and who follow the athlete. With it, those who follow both athletes, for whoever may list the followers of each. A page may hold fewer than `limit` before the end; `nextCursor` is null there alone.',
    params: AthleteKey,
    query: MutualQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async list({ subject, params, query }: OfAthlete): Promise<Answer> {
    const { access, graph } = this.app;
    const { athleteId } = params;
    const { limit, cursor, with: withId } = query;
    if (withId === athleteId) throw new BadQuery([{ path: 'with', message: 'must be another athlete' }]);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, MutualCursor);
    const mutual = { viewerId: callerId(subject), athleteId, withId };
    const sides = await mutualSides(graph, mutual);
    if (!sides) throw new NotFound('athlete');
    for (const target of sides.targets) {
      access.require(subject, withId === undefined ? 'follow.listMutual' : 'follow.list', target);
    }
    const { items, next } = await mutualFollowers(
      graph,
      mutual,
      { ...sides, ...(after && { walked: after[0] }) },
      { limit, after: after && { since: new Date(after[1]), athleteId: after[2] } },
    );
    return ok({
      items: access.openEach(subject, 'athlete.read', items),
      nextCursor: next ? encodeCursor([next.walked, next.since.toISOString(), next.athleteId]) : null,
    });
  }
}
