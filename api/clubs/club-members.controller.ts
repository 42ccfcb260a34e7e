import { clubMembers, clubRequests } from '../../graph/club-lists.js';
import {
  acceptClubRequest,
  declineClubRequest,
  giveRole,
  handOverClub,
  joinClub,
  leaveClub,
  removeFromClub,
} from '../../graph/club-members.js';
import { AthleteSummaryView } from '../athletes/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, noContent, ok } from '../http/endpoint.js';
import { Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { cursorTo, sliceOf } from '../http/since-cursor.js';
import type { App } from '../wiring.js';
import { deciderFor } from './decide-club.js';
import { ClubKey, ClubMemberKey, ClubMemberView, MembershipState, OwnerEdit, RoleEdit } from './shapes.js';

type OfClub = Call<{ params: typeof ClubKey }>;
type PageOfClub = Call<{ params: typeof ClubKey; query: typeof PageQuery }>;
type OfMember = Call<{ params: typeof ClubMemberKey }>;

export class ClubMembersController {
  constructor(private readonly app: App) {}

  @Endpoint('PUT /v1/clubs/{clubId}/membership', {
    action: 'club.join',
    decided: 'inside',
    summary: 'Join a club, or ask to',
    params: ClubKey,
    answers: { 200: MembershipState },
    problems: ['too-many-clubs', 'too-many-club-requests'],
  })
  async join({ subject, params }: OfClub): Promise<Answer> {
    const { access, graph, now } = this.app;
    const actor = { clubId: params.clubId, actorId: callerId(subject) };
    const state = await joinClub(graph, deciderFor(access, subject), actor, now());
    if (!state) throw new NotFound('club');
    return ok({ clubId: params.clubId, state });
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/membership', {
    action: 'club.leave',
    decided: 'inside',
    summary: 'Leave a club, or take the request back',
    description: 'The owner hands the club over first, or closes it.',
    params: ClubKey,
    answers: { 204: null },
  })
  async leave({ subject, params }: OfClub): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { clubId: params.clubId, actorId: callerId(subject) };
    if (!(await leaveClub(graph, deciderFor(access, subject), actor))) throw new NotFound('club');
    return noContent();
  }

  @Endpoint('GET /v1/clubs/{clubId}/members', {
    action: 'club.listMembers',
    decided: 'inside',
    summary: 'List the members of a club, the latest first',
    params: ClubKey,
    query: PageQuery,
    answers: { 200: Page(ClubMemberView) },
  })
  async members({ subject, params, query }: PageOfClub): Promise<Answer> {
    const { access, graph } = this.app;
    const page = await clubMembers(graph, { ...params, viewerId: callerId(subject) }, sliceOf(query));
    if (!page) throw new NotFound('club');
    access.require(subject, 'club.listMembers', page.club);
    const items = access.openEach(subject, 'membership.read', page.items);
    return ok({ items, nextCursor: cursorTo(page.next) });
  }

  @Endpoint('PUT /v1/clubs/{clubId}/members/{athleteId}', {
    action: 'membership.giveRole',
    decided: 'inside',
    summary: 'Give a member a role',
    description: 'The owner and the admins make and unmake admins and moderators; nobody touches the owner.',
    params: ClubMemberKey,
    body: RoleEdit,
    answers: { 204: null },
  })
  async giveRole(call: Call<{ params: typeof ClubMemberKey; body: typeof RoleEdit }>): Promise<Answer> {
    const { subject, params, body } = call;
    const { access, graph } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    const isDone = await giveRole(graph, deciderFor(access, subject), actor, body.role);
    if (!isDone) throw new NotFound('member');
    return noContent();
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/members/{athleteId}', {
    action: 'membership.remove',
    decided: 'inside',
    summary: 'Remove a member',
    params: ClubMemberKey,
    answers: { 204: null },
  })
  async remove({ subject, params }: OfMember): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    if (!(await removeFromClub(graph, deciderFor(access, subject), actor))) throw new NotFound('member');
    return noContent();
  }

  @Endpoint('PUT /v1/clubs/{clubId}/owner', {
    action: 'club.handOver',
    decided: 'inside',
    summary: 'Hand a club over to one of its admins',
    description: 'You are an admin of it from then on.',
    params: ClubKey,
    body: OwnerEdit,
    answers: { 204: null },
  })
  async handOver({
    subject,
    params,
    body,
  }: Call<{ params: typeof ClubKey; body: typeof OwnerEdit }>): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { ...params, athleteId: body.athleteId, actorId: callerId(subject) };
    if (!(await handOverClub(graph, deciderFor(access, subject), actor))) throw new NotFound('member');
    return noContent();
  }

  @Endpoint('GET /v1/clubs/{clubId}/requests', {
    action: 'clubRequest.list',
    decided: 'inside',
    summary: 'List who asks to join a club, the latest first',
    params: ClubKey,
    query: PageQuery,
    answers: { 200: Page(AthleteSummaryView) },
  })
  async requests({ subject, params, query }: PageOfClub): Promise<Answer> {
    const { access, graph } = this.app;
    const page = await clubRequests(graph, { ...params, viewerId: callerId(subject) }, sliceOf(query));
    if (!page) throw new NotFound('club');
    access.require(subject, 'clubRequest.list', page.club);
    return ok({
      items: access.openEach(subject, 'athlete.read', page.items),
      nextCursor: cursorTo(page.next),
    });
  }

  @Endpoint('PUT /v1/clubs/{clubId}/requests/{athleteId}', {
    action: 'clubRequest.accept',
    decided: 'inside',
    summary: 'Accept a request to join a club',
    params: ClubMemberKey,
    answers: { 204: null },
    problems: ['too-many-clubs'],
  })
  async accept({ subject, params }: OfMember): Promise<Answer> {
    const { access, graph, now } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    const isDone = await acceptClubRequest(graph, deciderFor(access, subject), actor, now());
    if (!isDone) throw new NotFound('request to join');
    return noContent();
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/requests/{athleteId}', {
    action: 'clubRequest.decline',
    decided: 'inside',
    summary: 'Decline a request to join a club',
    params: ClubMemberKey,
    answers: { 204: null },
  })
  async decline({ subject, params }: OfMember): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    const isDone = await declineClubRequest(graph, deciderFor(access, subject), actor);
    if (!isDone) throw new NotFound('request to join');
    return noContent();
  }
}
