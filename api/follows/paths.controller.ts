import { listsOf } from '../../graph/follow-lists.js';
import { pathBetween } from '../../graph/paths.js';
import { AthleteKey } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { BadQuery, NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { PathQuery, PathView } from './shapes.js';

type OfAthlete = Call<{ params: typeof AthleteKey; query: typeof PathQuery }>;

export class PathsController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes/{athleteId}/path', {
    action: 'follow.path',
    decided: 'inside',
    summary: 'Read how you are connected to an athlete',
    description:
      'The shortest chain of follows from you, or from the athlete in `from`, to the athlete: each follows the next. It leads through athletes whose lists you may read, and is empty without a chain of six follows or fewer.',
    params: AthleteKey,
    query: PathQuery,
    answers: { 200: PathView },
  })
  async read({ subject, params, query }: OfAthlete): Promise<Answer> {
    const { access, graph } = this.app;
    const { athleteId } = params;
    const viewerId = callerId(subject);
    const { from: fromId = viewerId } = query;
    if (fromId === athleteId) throw new BadQuery([{ path: 'from', message: 'must be another athlete' }]);
    const ends = fromId === viewerId ? [athleteId] : [athleteId, fromId];
    const targets = await Promise.all(ends.map((end) => listsOf(graph, { athleteId: end, viewerId })));
    for (const target of targets) {
      if (!target) throw new NotFound('athlete');
      access.require(subject, 'follow.path', target);
      // Between two others, each end has to show its follows; one's own follows are one's own.
      if (ends.length > 1) access.require(subject, 'follow.list', target);
    }
    const path = await pathBetween(graph, { viewerId, fromId, athleteId });
    const between = access.openEach(subject, 'follow.list', path.slice(1, -1));
    const isWhole = path.length > 0 && between.length === path.length - 2;
    const [first, last] = isWhole
      ? access.openEach(
          subject,
          'athlete.read',
          [path[0], path.at(-1)].flatMap((end) => end ?? []),
        )
      : [];
    return ok({ athletes: first && last ? [first, ...between, last] : [] });
  }
}
