import { banFromClub, unbanFromClub } from '../../graph/club-bans.js';
import { clubBans } from '../../graph/club-lists.js';
import { AthleteSummaryView } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { cursorTo, sliceOf } from '../http/since-cursor.js';
import type { App } from '../wiring.js';
import { deciderFor } from './decide-club.js';
import { ClubKey, ClubMemberKey } from './shapes.js';

type OfMember = Call<{ params: typeof ClubMemberKey }>;

export class ClubBansController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/clubs/{clubId}/bans', {
    action: 'clubBan.list',
    decided: 'inside',
    summary: 'List who is banned from a club, the latest first',
    params: ClubKey,
    query: PageQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async list(call: Call<{ params: typeof ClubKey; query: typeof PageQuery }>): Promise<Answer> {
    const { subject, params, query } = call;
    const { access, graph } = this.app;
    const page = await clubBans(graph, { ...params, viewerId: callerId(subject) }, sliceOf(query));
    if (!page) throw new NotFound('club');
    access.require(subject, 'clubBan.list', page.club);
    return ok({
      items: access.openEach(subject, 'athlete.read', page.items),
      nextCursor: cursorTo(page.next),
    });
  }

  @Endpoint('PUT /v1/clubs/{clubId}/bans/{athleteId}', {
    action: 'clubBan.create',
    decided: 'inside',
    summary: 'Ban an athlete from a club and from those below it',
    description: 'Nobody bans whoever leads a club above, or owns one below.',
    params: ClubMemberKey,
    answers: { 204: null },
  })
  async ban({ subject, params }: OfMember): Promise<Answer> {
    const { access, graph, now } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    const isDone = await banFromClub(graph, deciderFor(access, subject), actor, now());
    if (!isDone) throw new NotFound('athlete');
    return noContent();
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/bans/{athleteId}', {
    action: 'clubBan.delete',
    decided: 'inside',
    summary: 'Lift a ban',
    params: ClubMemberKey,
    answers: { 204: null },
  })
  async unban({ subject, params }: OfMember): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    if (!(await unbanFromClub(graph, deciderFor(access, subject), actor))) throw new NotFound('athlete');
    return noContent();
  }
}
