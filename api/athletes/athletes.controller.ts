import { z } from 'zod';
import { athleteById, athletesByName } from '../../graph/athletes.js';
import { changeProfile } from '../../graph/profiles.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { AthleteKey, AthleteQuery, AthleteSummaryView, AthleteView, ProfileEdit } from './shapes.js';

/** Where a page of a search ended: how well the last one fitted, and who it was. */
const MatchCursor = z.tuple([z.number(), z.uuid()]);

export class AthletesController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes', {
    action: 'athlete.search',
    decided: 'atDoor',
    summary: 'Find athletes by name',
    query: AthleteQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async search({ subject, query }: Call<{ query: typeof AthleteQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const viewerId = callerId(subject);
    const { items, next } = await athletesByName(
      graph,
      { viewerId, text: query.query },
      { limit: query.limit, after: matchAt(query.cursor) },
    );
    return ok({
      items: access.openEach(subject, 'athlete.read', items),
      nextCursor: next ? encodeCursor([next.score, next.athleteId]) : null,
    });
  }

  @Endpoint('GET /v1/athletes/me', {
    action: 'athlete.read',
    decided: 'inside',
    summary: 'Read your own profile',
    answers: { 200: AthleteView },
  })
  async readMe({ subject }: Call): Promise<Answer> {
    return this.#answer(subject, callerId(subject));
  }

  @Endpoint('PATCH /v1/athletes/me', {
    action: 'athlete.update',
    decided: 'inside',
    summary: 'Change your profile',
    description:
      'Null clears a field. Opening a closed profile leaves the requests as they are: accept them, or let who asked follow again.',
    body: ProfileEdit,
    answers: { 200: AthleteView },
    problems: ['heart-rates-cross', 'stale-version'],
  })
  async updateMe({ subject, body, ifMatchVersion }: Call<{ body: typeof ProfileEdit }>): Promise<Answer> {
    const { access, graph, masterKey } = this.app;
    const athleteId = callerId(subject);
    const changed = await changeProfile(
      graph,
      (target) => access.require(subject, 'athlete.update', target),
      { athleteId, changes: body, expectedVersion: ifMatchVersion, masterKey },
    );
    if (!changed) throw new NotFound('athlete');
    return this.#answer(subject, athleteId);
  }

  @Endpoint('GET /v1/athletes/{athleteId}', {
    action: 'athlete.read',
    decided: 'inside',
    summary: 'Read an athlete',
    description: 'What they do not share with you looks as if they had never told it.',
    params: AthleteKey,
    answers: { 200: AthleteView },
  })
  async read({ subject, params }: Call<{ params: typeof AthleteKey }>): Promise<Answer> {
    return this.#answer(subject, params.athleteId);
  }

  async #answer(subject: Call['subject'], athleteId: string): Promise<Answer> {
    const { access, graph, masterKey } = this.app;
    const viewerId = subject.athleteId ?? null;
    const year = this.app.now().getUTCFullYear();
    const sealed = await athleteById(graph, masterKey, { athleteId, viewerId, year });
    if (!sealed) throw new NotFound('athlete');
    const athlete = access.open(subject, 'athlete.read', sealed);
    const own = athleteId === viewerId ? { roles: subject.roles } : {};
    return ok({ ...athlete, ...own }, { version: athlete.version });
  }
}

function matchAt(cursor: string | undefined): { score: number; athleteId: string } | undefined {
  if (cursor === undefined) return undefined;
  const [score, athleteId] = decodeCursor(cursor, MatchCursor);
  return { score, athleteId };
}
