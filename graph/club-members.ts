import { v7 as uuidv7 } from 'uuid';
import type { Target } from '../policies/access.js';
import { askLimit, joinLimit } from './club-limits.js';
import {
  type ClubActor,
  type ClubRole,
  type ClubRow,
  clubFacts,
  clubTarget,
  type DecideClub,
  type MemberRole,
  withClub,
} from './clubs.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';

/** A club, who acts in it, and on whom. */
export interface MemberActor extends ClubActor {
  readonly athleteId: string;
}

interface Membership {
  readonly clubId: string;
  readonly athleteId: string;
}

/** How the athlete stands to the club whom a change is about. */
interface TargetFacts {
  /** In this very club; a ban above it counts. */
  readonly targetRole: ClubRole;
  /** Leads a club above. */
  readonly isTargetFromAbove: boolean;
  /** Owns a club below. */
  readonly ownsBelow: boolean;
}

const targetOf = cypher<Membership, TargetFacts>('clubs/target.cypher');
const addMember = cypher<Membership & { since: Date }, { role: MemberRole }>('clubs/add-member.cypher');
const addRequest = cypher<Membership & { since: Date }, { since: Date }>('clubs/add-request.cypher');
const removeMember = cypher<Membership, { type: 'MEMBER_OF' | 'ASKS_TO_JOIN' }>('clubs/remove-member.cypher');
const setRole = cypher<Membership & { role: MemberRole }, { role: MemberRole }>('clubs/set-role.cypher');
const handOverTo = cypher<{ clubId: string; ownerId: string; heirId: string }, { heirId: string }>(
  'clubs/hand-over.cypher',
);

/**
 * Joins a club, or asks to where its door is closed. Again is the same as once.
 *
 * @returns undefined when there is no such club
 * @throws {TooManyClubs | TooManyClubRequests}
 */
export async function joinClub(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor,
  now: Date,
): Promise<'member' | 'pending' | undefined> {
  return withClub(graph, actor, [], async (transaction, club) => {
    const membership = { clubId: club.clubId, athleteId: actor.actorId };
    // Which door it is; the policy holds it against the facts.
    if (club.isMember || club.clubVisibility === 'public' || club.clubRole === 'admin') {
      decide('club.join', clubTarget(club)).assertFor('club.join');
      if (!club.isMember) await enter(transaction, membership, now);
      return 'member';
    }
    decide('club.ask', clubTarget(club)).assertFor('club.ask');
    if (club.clubRole !== 'pending') await ask(transaction, membership, now);
    return 'pending';
  });
}

/** Leaves a club, or takes the request back; false when there is no such club. */
export async function leaveClub(graph: Graph, decide: DecideClub, actor: ClubActor): Promise<boolean> {
  const done = await withClub(graph, actor, [], async (transaction, club) => {
    decide('club.leave', clubTarget(club)).assertFor('club.leave');
    await leave(transaction, { clubId: club.clubId, athleteId: actor.actorId });
    return true;
  });
  return done ?? false;
}

/**
 * Lets in whoever asked. Again is the same as once.
 *
 * @returns false when nobody of that id has asked or is a member
 * @throws {TooManyClubs} of the one who asked
 */
export async function acceptClubRequest(
  graph: Graph,
  decide: DecideClub,
  actor: MemberActor,
  now: Date,
): Promise<boolean> {
  return withTarget(graph, actor, async (transaction, club, target) => {
    const membership = { clubId: club.clubId, athleteId: actor.athleteId };
    decide('clubRequest.accept', memberTarget(club, actor, target)).assertFor('clubRequest.accept');
    if (target.targetRole === 'none') return false;
    if (target.targetRole === 'pending') await enter(transaction, membership, now);
    return true;
  });
}

/** Turns down whoever asked, who is not told; false when there is no such club or athlete. */
export async function declineClubRequest(
  graph: Graph,
  decide: DecideClub,
  actor: MemberActor,
): Promise<boolean> {
  return withTarget(graph, actor, async (transaction, club, target) => {
    decide('clubRequest.decline', memberTarget(club, actor, target)).assertFor('clubRequest.decline');
    if (target.targetRole === 'pending')
      await leave(transaction, { clubId: club.clubId, athleteId: actor.athleteId });
    return true;
  });
}

/** Gives a member a role; false when there is no such member. */
export async function giveRole(
  graph: Graph,
  decide: DecideClub,
  actor: MemberActor,
  newRole: Exclude<MemberRole, 'owner'>,
): Promise<boolean> {
  return withTarget(graph, actor, async (transaction, club, target) => {
    const { clubId } = club;
    const { athleteId } = actor;
    decide('membership.giveRole', memberTarget(club, actor, { ...target, newRole })).assertFor(
      'membership.giveRole',
    );
    if (target.targetRole === newRole) return true;
    const [given] = await transaction.run(setRole, { clubId, athleteId, role: newRole });
    if (!given) return false;
    await transaction.emit({
      eventId: uuidv7(),
      type: 'club.roleGiven',
      key: clubId,
      payload: { clubId, athleteId, role: newRole },
    });
    return true;
  });
}

/** Removes a member; false when there is no such member. */
export async function removeFromClub(graph: Graph, decide: DecideClub, actor: MemberActor): Promise<boolean> {
  return withTarget(graph, actor, async (transaction, club, target) => {
    decide('membership.remove', memberTarget(club, actor, target)).assertFor('membership.remove');
    const ended = await leave(transaction, { clubId: club.clubId, athleteId: actor.athleteId });
    return ended === 'MEMBER_OF';
  });
}

/** Hands a club over to one of its admins; false when there is no such club or athlete. */
export async function handOverClub(graph: Graph, decide: DecideClub, actor: MemberActor): Promise<boolean> {
  return withTarget(graph, actor, async (transaction, club, target) => {
    decide('club.handOver', memberTarget(club, actor, target)).assertFor('club.handOver');
    const { clubId, actorId, athleteId } = { ...actor, clubId: club.clubId };
    return handOverLocked(transaction, { clubId, ownerId: actorId, heirId: athleteId });
  });
}

/** Makes a member the owner, in a transaction that has locked them and the club; false when they are no member. */
export async function handOverLocked(
  transaction: WriteTransaction,
  change: { readonly clubId: string; readonly ownerId: string; readonly heirId: string },
): Promise<boolean> {
  const [done] = await transaction.run(handOverTo, change);
  if (!done) return false;
  const { clubId, heirId } = change;
  await transaction.emit({
    eventId: uuidv7(),
    type: 'club.handedOver',
    key: clubId,
    payload: { clubId, athleteId: heirId },
  });
  return true;
}

/**
 * Makes an athlete a member, in a transaction that has locked both and knows that they are none yet.
 *
 * @throws {TooManyClubs}
 */
export async function enter(transaction: WriteTransaction, membership: Membership, now: Date): Promise<void> {
  await transaction.run(addMember, { ...membership, since: now });
  await joinLimit(transaction, membership.athleteId);
  const { clubId } = membership;
  await transaction.emit({
    eventId: uuidv7(),
    type: 'club.joined',
    key: clubId,
    payload: { ...membership },
  });
}

/** Tells that an athlete is a member no longer. */
export async function tellLeft(transaction: WriteTransaction, membership: Membership): Promise<void> {
  const { clubId } = membership;
  await transaction.emit({ eventId: uuidv7(), type: 'club.left', key: clubId, payload: { ...membership } });
}

/** Runs one change about an athlete in a club, all locked; false when there is no such club or athlete. */
export async function withTarget(
  graph: Graph,
  actor: MemberActor,
  change: (transaction: WriteTransaction, club: ClubRow, target: TargetFacts) => Promise<boolean>,
): Promise<boolean> {
  const { clubId, athleteId } = actor;
  const done = await withClub(graph, actor, [athleteId], async (transaction, club) => {
    const [target] = await transaction.run(targetOf, { clubId, athleteId });
    return target ? change(transaction, club, target) : false;
  });
  return done ?? false;
}

/** The membership as the policy is asked about it: of the athlete whom it is about. */
export function memberTarget(
  club: ClubRow,
  { athleteId }: MemberActor,
  facts: TargetFacts & { readonly newRole?: MemberRole },
): Target {
  const resource = { kind: 'membership', id: club.clubId, ownerId: athleteId };
  return { resource, facts: { ...clubFacts(club), ...facts } };
}

async function ask(transaction: WriteTransaction, membership: Membership, now: Date): Promise<void> {
  await askLimit(transaction, membership);
  await transaction.run(addRequest, { ...membership, since: now });
  const { clubId } = membership;
  await transaction.emit({ eventId: uuidv7(), type: 'club.asked', key: clubId, payload: { ...membership } });
}

async function leave(
  transaction: WriteTransaction,
  membership: Membership,
): Promise<'MEMBER_OF' | 'ASKS_TO_JOIN' | undefined> {
  const [ended] = await transaction.run(removeMember, membership);
  if (ended?.type === 'MEMBER_OF') await tellLeft(transaction, membership);
  return ended?.type;
}
