import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { invitationLimit } from './club-limits.js';
import { enter } from './club-members.js';
import { type ClubActor, clubRows, clubTarget, type DecideClub, withClub } from './clubs.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** An open invitation; its token is known to whoever made it alone. */
export interface Invitation {
  readonly invitationId: string;
  readonly usesLeft: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** An invitation about to be made. */
export interface NewInvitation {
  readonly invitationId: string;
  readonly invitationHash: string;
  readonly uses: number;
  readonly expiresAt: Date;
}

/** What became of it: of an invitation that was there already, what it is now. */
type MadeInvitation = Pick<Invitation, 'usesLeft' | 'expiresAt'>;

/** The invitation was used up, taken back or is over. */
export class InvitationOver extends Error {
  override name = 'InvitationOver';
  readonly problem = 'invitation-over';
  constructor() {
    super('this invitation opens nothing any more');
  }
}

interface Use {
  readonly invitationHash: string;
  readonly now: Date;
}

const create = cypher<
  {
    clubId: string;
    issuerId: string;
    invitationId: string;
    invitationHash: string;
    usesLeft: Whole;
    expiresAt: Date;
    now: Date;
  },
  MadeInvitation
>('clubs/create-invitation.cypher');
const listOf = cypher<{ clubId: string; now: Date; limit: Whole }, Invitation>('clubs/invitations.cypher');
const invitedClub = cypher<Use, { clubId: string }>('clubs/invited-club.cypher');
const use = cypher<{ invitationHash: string }, { usesLeft: number }>('clubs/use-invitation.cypher');
const remove = cypher<{ clubId: string; invitationId: string }, { invitationId: string }>(
  'clubs/delete-invitation.cypher',
);

const LISTED_INVITATIONS = 100; // a club has no more

/**
 * Makes an invitation, once; undefined when there is no such club.
 *
 * @throws {TooManyInvitations}
 */
export async function invite(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor,
  invitation: NewInvitation,
  now: Date,
): Promise<MadeInvitation | undefined> {
  return withClub(graph, actor, [], async (transaction, club) => {
    decide('invitation.create', clubTarget(club)).assertFor('invitation.create');
    const { clubId } = club;
    const { uses, ...kept } = invitation;
    const [made] = await transaction.run(create, {
      ...kept,
      clubId,
      issuerId: actor.actorId,
      usesLeft: whole(uses),
      now,
    });
    await invitationLimit(transaction, clubId);
    return made;
  });
}

/** The open invitations of a club, the latest first. @param club as `clubTargetOf` answers it */
export async function invitationsTo(
  graph: Graph,
  { resource, facts }: Target,
  now: Date,
): Promise<readonly Sealed<Invitation>[]> {
  const rows = await graph.query(listOf, { clubId: resource.id, now, limit: whole(LISTED_INVITATIONS) });
  return rows.map((row) => new Sealed({ kind: 'invitation', id: row.invitationId }, facts, () => row));
}

/** Takes an invitation back; false when there is no such club or invitation. */
export async function takeInvitationBack(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor & { readonly invitationId: string },
): Promise<boolean> {
  const { clubId, invitationId } = actor;
  const done = await withClub(graph, actor, [], async (transaction, club) => {
    decide('invitation.delete', clubTarget(club)).assertFor('invitation.delete');
    const removed = await transaction.run(remove, { clubId, invitationId });
    return removed.length > 0;
  });
  return done ?? false;
}

/** What an invitation is to, as its bearer may see it. @throws {InvitationOver} */
export async function clubOfInvitation(
  graph: Graph,
  invitation: Use,
  viewerId: string,
): Promise<Sealed<{ readonly clubId: string; readonly name: string; readonly memberCount: number }>> {
  const [invited] = await graph.query(invitedClub, invitation);
  const [row] = invited ? await clubRows(graph, [invited.clubId], viewerId) : [];
  if (!row) throw new InvitationOver();
  const { clubId, name, memberCount } = row;
  const { resource, facts } = clubTarget(row, INVITED[row.clubRole]);
  return new Sealed(resource, facts, () => ({ clubId, name, memberCount }));
}

/**
 * Joins the club that an invitation is to, and uses it once. Whoever is a member uses nothing up.
 *
 * @returns the club
 * @throws {InvitationOver | TooManyClubs}
 */
export async function acceptInvitation(
  graph: Graph,
  decide: DecideClub,
  athleteId: string,
  { invitationHash, now }: Use,
): Promise<string> {
  const [invited] = await graph.execute(invitedClub, { invitationHash, now });
  if (!invited) throw new InvitationOver();
  const { clubId } = invited;
  const joined = await withClub(graph, { clubId, actorId: athleteId }, [], async (transaction, club) => {
    // The club is locked now; somebody may have been quicker.
    const [open] = await transaction.run(invitedClub, { invitationHash, now });
    decide('invitation.accept', clubTarget(club, INVITED[club.clubRole])).assertFor('invitation.accept');
    if (club.isMember) return clubId;
    if (!open) throw new InvitationOver();
    await enter(transaction, { clubId, athleteId }, now);
    await transaction.run(use, { invitationHash });
    return clubId;
  });
  if (joined === undefined) throw new InvitationOver();
  return joined;
}

// Whoever brings an invitation is no stranger any more; who belongs, or is banned, stays what they are.
const INVITED: Readonly<Partial<Record<string, { readonly clubRole: 'invited' }>>> = {
  none: { clubRole: 'invited' },
  pending: { clubRole: 'invited' },
};
