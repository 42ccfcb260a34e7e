import { z } from 'zod';
import {
  acceptLink,
  leaveParent,
  linkClub,
  linkRequestsOf,
  releaseLink,
} from '../../graph/club-hierarchy.js';
import { clubsBelow } from '../../graph/club-lists.js';
import { clubTargetOf } from '../../graph/clubs.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { deciderFor } from './decide-club.js';
import { ClubKey, ClubView, LinkRequestView, ParentEdit, ParentState, SubClubKey } from './shapes.js';

const ClubCursor = z.tuple([z.uuid()]);

type OfClub = Call<{ params: typeof ClubKey }>;
type OfSubClub = Call<{ params: typeof SubClubKey }>;

export class ClubHierarchyController {
  constructor(private readonly app: App) {}

  @Endpoint('PUT /v1/clubs/{clubId}/parent', {
    action: 'club.link',
    decided: 'inside',
    summary: 'Put a club below another, or ask to',
    description: 'For whoever leads the lower club. Whoever leads both has it done at once.',
    params: ClubKey,
    body: ParentEdit,
    answers: { 200: ParentState },
    problems: ['club-has-parent', 'club-hierarchy-circle', 'club-hierarchy-too-deep', 'too-many-sub-clubs'],
  })
  async link({
    subject,
    params,
    body,
  }: Call<{ params: typeof ClubKey; body: typeof ParentEdit }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const [clubId, parentId] = [params.clubId, body.clubId];
    const actor = { clubId, parentId, actorId: callerId(subject) };
    const state = await linkClub(graph, deciderFor(access, subject), actor, now());
    if (!state) throw new NotFound('club');
    return ok({ clubId, parentId, state });
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/parent', {
    action: 'club.unlink',
    decided: 'inside',
    summary: 'Let a club stand by itself, or take its request back',
    description: 'It stays as closed as it was below the other.',
    params: ClubKey,
    answers: { 204: null },
  })
  async unlink({ subject, params }: OfClub): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { clubId: params.clubId, actorId: callerId(subject) };
    if (!(await leaveParent(graph, deciderFor(access, subject), actor))) throw new NotFound('club');
    return noContent();
  }

  @Endpoint('GET /v1/clubs/{clubId}/clubs', {
    action: 'club.read',
    decided: 'inside',
    summary: 'List the clubs directly below a club',
    params: ClubKey,
    query: PageQuery,
    answers: { 200: Page(ClubView) },
  })
  async clubs({
    subject,
    params,
    query,
  }: Call<{ params: typeof ClubKey; query: typeof PageQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ClubCursor);
    const ids = { ...params, viewerId: callerId(subject) };
    const page = await clubsBelow(graph, ids, { limit: query.limit, after });
    if (!page) throw new NotFound('club');
    access.require(subject, 'club.read', page.club);
    return ok({
      items: access.openEach(subject, 'club.read', page.items),
      nextCursor: page.next ? encodeCursor([page.next]) : null,
    });
  }

  @Endpoint('GET /v1/clubs/{clubId}/club-requests', {
    action: 'club.acceptLink',
    decided: 'inside',
    summary: 'List which clubs ask to stand below a club',
    params: ClubKey,
    answers: { 200: z.object({ items: z.array(LinkRequestView) }) },
  })
  async requests({ subject, params }: OfClub): Promise<Answer> {
    const { access, graph } = this.app;
    const ids = { ...params, viewerId: callerId(subject) };
    const club = await clubTargetOf(graph, ids);
    if (!club) throw new NotFound('club');
    access.require(subject, 'club.acceptLink', club);
    const requests = await linkRequestsOf(graph, club);
    return ok({ items: access.openEach(subject, 'club.acceptLink', requests) });
  }

  @Endpoint('PUT /v1/clubs/{clubId}/clubs/{subClubId}', {
    action: 'club.acceptLink',
    decided: 'inside',
    summary: 'Take a club that asked below a club',
    params: SubClubKey,
    answers: { 204: null },
    problems: ['club-has-parent', 'club-hierarchy-circle', 'club-hierarchy-too-deep', 'too-many-sub-clubs'],
  })
  async accept({ subject, params }: OfSubClub): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { clubId: params.subClubId, parentId: params.clubId, actorId: callerId(subject) };
    if (!(await acceptLink(graph, deciderFor(access, subject), actor))) throw new NotFound('club');
    return noContent();
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/clubs/{subClubId}', {
    action: 'club.acceptLink',
    decided: 'inside',
    summary: 'Let a club below go, or decline its request',
    params: SubClubKey,
    answers: { 204: null },
  })
  async release({ subject, params }: OfSubClub): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { clubId: params.subClubId, parentId: params.clubId, actorId: callerId(subject) };
    if (!(await releaseLink(graph, deciderFor(access, subject), actor))) throw new NotFound('club');
    return noContent();
  }
}
