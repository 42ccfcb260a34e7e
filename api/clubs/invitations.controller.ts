import { z } from 'zod';
import {
  acceptInvitation,
  clubOfInvitation,
  invitationsTo,
  invite,
  takeInvitationBack,
} from '../../graph/club-invitations.js';
import { clubTargetOf } from '../../graph/clubs.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, noContent, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import { hashOfToken } from '../http/token-hash.js';
import type { App } from '../wiring.js';
import { deciderFor } from './decide-club.js';
import {
  ClubKey,
  InvitationKey,
  InvitationView,
  InvitedView,
  MembershipState,
  NewInvitation,
  NewInvitationView,
  TokenKey,
} from './shapes.js';

const DAY_MILLISECONDS = 86_400_000;

type OfClub = Call<{ params: typeof ClubKey }>;
type OfToken = Call<{ params: typeof TokenKey }>;

export class InvitationsController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/clubs/{clubId}/invitations', {
    action: 'invitation.create',
    decided: 'inside',
    summary: 'Invite into a club',
    description: 'Whoever has the token joins, however closed the club is. It is answered this once.',
    params: ClubKey,
    body: NewInvitation,
    answers: { 201: NewInvitationView },
    problems: ['too-many-invitations'],
  })
  async create(call: Call<{ params: typeof ClubKey; body: typeof NewInvitation }>): Promise<Answer> {
    const { subject, params, body } = call;
    const { access, graph, masterKey, now } = this.app;
    const { clubId } = params;
    const invitationId = call.idOf('invitation');
    // Of the id, so that a repeated request answers the token that was kept.
    const token = masterKey.token('invitations to clubs', invitationId);
    const expiresAt = new Date(now().getTime() + body.days * DAY_MILLISECONDS);
    const made = await invite(
      graph,
      deciderFor(access, subject),
      { clubId, actorId: callerId(subject) },
      { invitationId, invitationHash: hashOfToken(token), uses: body.uses, expiresAt },
      now(),
    );
    if (!made) throw new NotFound('club');
    return created({ invitationId, token, ...made }, `/v1/invitations/${token}`);
  }

  @Endpoint('GET /v1/clubs/{clubId}/invitations', {
    action: 'invitation.list',
    decided: 'inside',
    summary: 'List the open invitations to a club',
    params: ClubKey,
    answers: { 200: z.object({ items: z.array(InvitationView) }) },
  })
  async list({ subject, params }: OfClub): Promise<Answer> {
    const { access, graph, now } = this.app;
    const club = await clubTargetOf(graph, { ...params, viewerId: callerId(subject) });
    if (!club) throw new NotFound('club');
    access.require(subject, 'invitation.list', club);
    const invitations = await invitationsTo(graph, club, now());
    return ok({ items: access.openEach(subject, 'invitation.list', invitations) });
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/invitations/{invitationId}', {
    action: 'invitation.delete',
    decided: 'inside',
    summary: 'Take an invitation back',
    params: InvitationKey,
    answers: { 204: null },
  })
  async takeBack({ subject, params }: Call<{ params: typeof InvitationKey }>): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    const isDone = await takeInvitationBack(graph, deciderFor(access, subject), actor);
    if (!isDone) throw new NotFound('invitation');
    return noContent();
  }

  @Endpoint('GET /v1/invitations/{token}', {
    action: 'club.read',
    decided: 'inside',
    summary: 'See what an invitation is to',
    params: TokenKey,
    answers: { 200: InvitedView },
    problems: ['invitation-over'],
  })
  async read({ subject, params }: OfToken): Promise<Answer> {
    const { access, graph, now } = this.app;
    const use = { invitationHash: hashOfToken(params.token), now: now() };
    const club = await clubOfInvitation(graph, use, callerId(subject));
    return ok(access.open(subject, 'club.read', club));
  }

  @Endpoint('POST /v1/invitations/{token}/acceptance', {
    action: 'invitation.accept',
    decided: 'inside',
    summary: 'Join the club that an invitation is to',
    description: 'Uses it once; whoever is a member already uses nothing up.',
    params: TokenKey,
    answers: { 200: MembershipState },
    problems: ['invitation-over', 'too-many-clubs'],
  })
  async accept({ subject, params }: OfToken): Promise<Answer> {
    const { access, graph, now } = this.app;
    const use = { invitationHash: hashOfToken(params.token), now: now() };
    const clubId = await acceptInvitation(graph, deciderFor(access, subject), callerId(subject), use);
    return ok({ clubId, state: 'member' });
  }
}
