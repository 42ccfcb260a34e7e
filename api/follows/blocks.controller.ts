import { block, unblock } from '../../graph/blocks.js';
import { blockedAthletes } from '../../graph/follow-lists.js';
import { AthleteKey } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { cursorTo, sliceOf } from '../http/since-cursor.js';
import type { App } from '../wiring.js';
import { BlockedAthleteView } from './shapes.js';

export class BlocksController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/blocks', {
    action: 'block.list',
    decided: 'atDoor',
    summary: 'List whom you block',
    query: PageQuery,
    answers: { 200: Page(BlockedAthleteView) },
  })
  async list({ subject, query }: Call<{ query: typeof PageQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const { items, next } = await blockedAthletes(graph, callerId(subject), sliceOf(query));
    return ok({ items: access.openEach(subject, 'block.list', items), nextCursor: cursorTo(next) });
  }

  @Endpoint('PUT /v1/athletes/{athleteId}/block', {
    action: 'block.create',
    decided: 'inside',
    summary: 'Block an athlete',
    description:
      'You vanish for one another. Follows and requests between you end, and lifting the block brings none back.',
    params: AthleteKey,
    answers: { 204: null },
    problems: ['too-many-blocks'],
  })
  async block({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const isDone = await block(
      graph,
      (target) => access.require(subject, 'block.create', target),
      { actorId: callerId(subject), otherId: params.athleteId },
      now(),
    );
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('DELETE /v1/athletes/{athleteId}/block', {
    action: 'block.delete',
    decided: 'inside',
    summary: 'Lift a block',
    params: AthleteKey,
    answers: { 204: null },
  })
  async unblock({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    const { access, graph } = this.app;
    const isDone = await unblock(graph, (target) => access.require(subject, 'block.delete', target), {
      actorId: callerId(subject),
      otherId: params.athleteId,
    });
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }
}
