import { z } from 'zod';
import { changeClub, closeClub, createClub } from '../../graph/club-changes.js';
import { clubsOfAthlete, searchClubs } from '../../graph/club-lists.js';
import { clubById } from '../../graph/clubs.js';
import { AthleteKey } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, noContent, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { deciderFor } from './decide-club.js';
import { AthletesClubView, ClubEdit, ClubKey, ClubsQuery, ClubView, NewClub } from './shapes.js';

/** Where a page of a search ended: how well the last one fitted, and which club it was. */
const MatchCursor = z.tuple([z.number(), z.uuid()]);
const ClubCursor = z.tuple([z.uuid()]);

type OfClub = Call<{ params: typeof ClubKey }>;

export class ClubsController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/clubs', {
    action: 'club.create',
    decided: 'atDoor',
    summary: 'Make a club',
    description: 'You own it.',
    body: NewClub,
    answers: { 201: ClubView },
    problems: ['too-many-clubs'],
  })
  async create({ subject, body, grant, idOf }: Call<{ body: typeof NewClub }>): Promise<Answer> {
    const { graph, now } = this.app;
    const clubId = idOf('club');
    const isMade = await createClub(graph, grant, { clubId, ownerId: callerId(subject), words: body }, now());
    if (!isMade) throw new NotFound('athlete');
    const club = await this.#opened(subject, clubId);
    return created(club, `/v1/clubs/${clubId}`, { version: club.version });
  }

  @Endpoint('GET /v1/clubs', {
    action: 'club.search',
    decided: 'atDoor',
    summary: 'Find clubs by name, place or sport',
    query: ClubsQuery,
    answers: { 200: Page(ClubView) },
  })
  async search({ subject, query }: Call<{ query: typeof ClubsQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const { items, next } = await searchClubs(
      graph,
      { viewerId: callerId(subject), text: query.query, sport: query.sport ?? null },
      { limit: query.limit, after: matchAt(query.cursor) },
    );
    return ok({
      items: access.openEach(subject, 'club.read', items),
      nextCursor: next ? encodeCursor([next.score, next.clubId]) : null,
    });
  }

  @Endpoint('GET /v1/clubs/{clubId}', {
    action: 'club.read',
    decided: 'inside',
    summary: 'Read a club',
    params: ClubKey,
    answers: { 200: ClubView },
  })
  async read({ subject, params }: OfClub): Promise<Answer> {
    const club = await this.#opened(subject, params.clubId);
    return ok(club, { version: club.version });
  }

  @Endpoint('PATCH /v1/clubs/{clubId}', {
    action: 'club.update',
    decided: 'inside',
    summary: 'Change a club',
    description: 'For its owner and its admins. Null clears a field.',
    params: ClubKey,
    body: ClubEdit,
    answers: { 200: ClubView },
    problems: ['stale-version'],
  })
  async update(call: Call<{ params: typeof ClubKey; body: typeof ClubEdit }>): Promise<Answer> {
    const { subject, params, body, ifMatchVersion } = call;
    const { access, graph } = this.app;
    const isDone = await changeClub(
      graph,
      deciderFor(access, subject),
      { clubId: params.clubId, actorId: callerId(subject) },
      { changes: body, expectedVersion: ifMatchVersion },
    );
    if (!isDone) throw new NotFound('club');
    const club = await this.#opened(subject, params.clubId);
    return ok(club, { version: club.version });
  }

  @Endpoint('DELETE /v1/clubs/{clubId}', {
    action: 'club.close',
    decided: 'inside',
    summary: 'Close a club',
    description:
      'For its owner, for good. The clubs below it stand by themselves from then on, as closed as they were.',
    params: ClubKey,
    answers: { 204: null },
  })
  async close({ subject, params }: OfClub): Promise<Answer> {
    const { access, graph, now } = this.app;
    const actor = { clubId: params.clubId, actorId: callerId(subject) };
    const isDone = await closeClub(graph, deciderFor(access, subject), actor, now());
    if (!isDone) throw new NotFound('club');
    return noContent();
  }

  @Endpoint('GET /v1/athletes/{athleteId}/clubs', {
    action: 'club.listOfAthlete',
    decided: 'inside',
    summary: 'List the clubs of an athlete',
    description: 'Those whose members you may see, the newest first.',
    params: AthleteKey,
    query: PageQuery,
    answers: { 200: Page(AthletesClubView) },
  })
  async ofAthlete(call: Call<{ params: typeof AthleteKey; query: typeof PageQuery }>): Promise<Answer> {
    const { subject, params, query } = call;
    const { access, graph } = this.app;
    const found = await clubsOfAthlete(graph, { ...params, viewerId: callerId(subject) });
    if (!found) throw new NotFound('athlete');
    access.require(subject, 'club.listOfAthlete', found.athlete);
    const [before] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ClubCursor);
    const clubs = access
      .openEach(subject, 'membership.read', found.items)
      .filter(({ clubId }) => before === undefined || clubId < before);
    const items = clubs.slice(0, query.limit);
    const last = clubs.length > items.length ? items.at(-1) : undefined;
    return ok({ items, nextCursor: last ? encodeCursor([last.clubId]) : null });
  }

  async #opened(subject: Call['subject'], clubId: string) {
    const { access, graph } = this.app;
    const sealed = await clubById(graph, clubId, subject.athleteId ?? null);
    if (!sealed) throw new NotFound('club');
    return access.open(subject, 'club.read', sealed);
  }
}

function matchAt(cursor: string | undefined): { score: number; clubId: string } | undefined {
  if (cursor === undefined) return undefined;
  const [score, clubId] = decodeCursor(cursor, MatchCursor);
  return { score, clubId };
}
