import { listsOf } from '../../graph/follow-lists.js';
import { type Connection, pathBetween } from '../../graph/paths.js';
import type { AthleteSummary } from '../../graph/relations.js';
import type { Subject } from '../../policies/access.js';
import { AthleteKey } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { BadQuery, NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { PathQuery, PathView } from './shapes.js';

/** How often a path is looked for again; whom the policy refuses beyond the query are the few who were suspended. */
const MAX_DETOURS = 5;

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
    return ok({ athletes: await this.#path(subject, { viewerId, fromId, athleteId }) });
  }

  /** The path that the caller may see: around whomever the policy refuses on the way. */
  async #path(subject: Subject, ends: Omit<Connection, 'refusedIds'>): Promise<readonly AthleteSummary[]> {
    const { access, graph } = this.app;
    const refusedIds: string[] = [];
    for (let detours = 0; detours < MAX_DETOURS; detours += 1) {
      const path = await pathBetween(graph, { ...ends, refusedIds });
      const between = path.slice(1, -1);
      const opened = access.openEach(subject, 'follow.list', between);
      if (opened.length === between.length) {
        const [first, last] = access.openEach(subject, 'athlete.read', [
          ...path.slice(0, 1),
          ...path.slice(-1),
        ]);
        return first && last ? [first, ...opened, last] : [];
      }
      const openedIds = new Set(opened.map(({ athleteId }) => athleteId));
      refusedIds.push(...between.map(({ resource }) => resource.id).filter((id) => !openedIds.has(id)));
    }
    return [];
  }
}
