import { v7 as uuidv7 } from 'uuid';
import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { parentLimit } from './club-limits.js';
import { type ClubActor, type ClubRow, clubIn, clubTarget, type DecideClub, lockClubs } from './clubs.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, type WriteTransaction, whole } from './session.js';

/** Levels of a hierarchy: federation, region, local club, training group, and two more. Queries follow as many. */
const LEVELS = 6;
/** How many requests to stand below a club are listed: the club takes no more below it either. */
const LISTED_REQUESTS = 1_000;

/** A club would stand below itself. */
export class HierarchyCircle extends Error {
  override name = 'HierarchyCircle';
  readonly problem = 'club-hierarchy-circle';
  constructor() {
    super('the club stands above the one that it would stand below');
  }
}

/** The hierarchy would have more levels than one can. */
export class HierarchyTooDeep extends Error {
  override name = 'HierarchyTooDeep';
  readonly problem = 'club-hierarchy-too-deep';
  readonly fields = { limit: LEVELS };
  constructor() {
    super(`a hierarchy of clubs has at most ${LEVELS} levels`);
  }
}

/** The club stands below another one already. */
export class HasParent extends Error {
  override name = 'HasParent';
  readonly problem = 'club-has-parent';
  constructor() {
    super('the club stands below another one already');
  }
}

/** A club that asks to stand below another. */
export interface LinkRequest {
  readonly clubId: string;
  readonly name: string;
  readonly since: Date;
}

/** The lower and the upper club, and who acts. */
export interface LinkActor extends ClubActor {
  readonly parentId: string;
}

interface Ends {
  readonly clubId: string;
  readonly parentId: string;
}
interface LinkFacts {
  readonly currentParentId: string | null;
  readonly isAsked: boolean;
  readonly isCircle: boolean;
  readonly levels: number;
}

const lock = cypher<object, { name: string }>('clubs/lock-hierarchy.cypher');
const linkFacts = cypher<Ends, LinkFacts>('clubs/link-facts.cypher');
const askLink = cypher<Ends & { since: Date }, { clubId: string }>('clubs/ask-link.cypher');
const link = cypher<Ends, { clubId: string }>('clubs/link.cypher');
const unlink = cypher<
  { clubId: string; parentId: string | null },
  { parentId: string; type: 'PART_OF' | 'ASKS_TO_BE_PART_OF' }
>('clubs/unlink.cypher');
const linkRequests = cypher<{ clubId: string; limit: Whole }, LinkRequest>('clubs/link-requests.cypher');

/** Locks the hierarchy until the transaction ends; after the athletes and the clubs. */
export async function lockHierarchy(transaction: WriteTransaction): Promise<void> {
  await transaction.run(lock, {});
}

/**
 * Puts a club below another, or asks to where somebody else leads that one. Again is the same as once.
 *
 * @returns undefined when one of them is not there
 * @throws {HasParent | HierarchyCircle | HierarchyTooDeep | TooManySubClubs}
 */
export async function linkClub(
  graph: Graph,
  decide: DecideClub,
  actor: LinkActor,
  now: Date,
): Promise<'linked' | 'requested' | undefined> {
  const { clubId, parentId } = actor;
  return withBoth(graph, actor, async (transaction, club, parent) => {
    decide('club.link', clubTarget(club)).assertFor('club.link');
    const leadsBoth = parent.clubRole === 'owner' || parent.clubRole === 'admin';
    const action = leadsBoth ? 'club.acceptLink' : 'club.read';
    decide(action, clubTarget(parent)).assertFor(action);
    const { currentParentId } = await fitting(transaction, { clubId, parentId });
    if (currentParentId === parentId) return 'linked';
    if (leadsBoth) {
      await connect(transaction, { clubId, parentId });
      return 'linked';
    }
    await transaction.run(askLink, { clubId, parentId, since: now });
    return 'requested';
  });
}

/**
 * Takes a club that asked below another. Again is the same as once.
 *
 * @returns false when it has not asked
 * @throws {HasParent | HierarchyCircle | HierarchyTooDeep | TooManySubClubs}
 */
export async function acceptLink(graph: Graph, decide: DecideClub, actor: LinkActor): Promise<boolean> {
  const { clubId, parentId } = actor;
  const done = await withBoth(graph, actor, async (transaction, _club, parent) => {
    decide('club.acceptLink', clubTarget(parent)).assertFor('club.acceptLink');
    const { currentParentId, isAsked } = await fitting(transaction, { clubId, parentId });
    if (currentParentId === parentId) return true;
    if (!isAsked) return false;
    await connect(transaction, { clubId, parentId });
    return true;
  });
  return done ?? false;
}

/** Lets a club that is below go, or declines its request; decided by the upper one. False without either. */
export async function releaseLink(graph: Graph, decide: DecideClub, actor: LinkActor): Promise<boolean> {
  const { clubId, parentId } = actor;
  const done = await withBoth(graph, actor, async (transaction, _club, parent) => {
    decide('club.acceptLink', clubTarget(parent)).assertFor('club.acceptLink');
    return disconnect(transaction, { clubId, parentId });
  });
  return done ?? false;
}

/** Lets a club stand by itself, or takes its request back; false when there is no such club. */
export async function leaveParent(graph: Graph, decide: DecideClub, actor: ClubActor): Promise<boolean> {
  const { clubId, actorId } = actor;
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, actorId);
    await lockClubs(transaction, clubId);
    await lockHierarchy(transaction);
    const club = await clubIn(transaction, clubId, actorId);
    if (!club) return false;
    decide('club.unlink', clubTarget(club)).assertFor('club.unlink');
    await disconnect(transaction, { clubId, parentId: null });
    return true;
  });
}

/**
 * Which clubs ask to stand below one.
 *
 * @param club the upper one: whoever leads it sees who asks, however secret they are
 */
export async function linkRequestsOf(
  graph: Graph,
  { resource, facts }: Target,
): Promise<readonly Sealed<LinkRequest>[]> {
  const rows = await graph.query(linkRequests, { clubId: resource.id, limit: whole(LISTED_REQUESTS) });
  return rows.map((row) => new Sealed({ kind: 'club', id: row.clubId }, facts, () => row));
}

async function withBoth<Result>(
  graph: Graph,
  { clubId, parentId, actorId }: LinkActor,
  change: (transaction: WriteTransaction, club: ClubRow, parent: ClubRow) => Promise<Result>,
): Promise<Result | undefined> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, actorId);
    await lockClubs(transaction, clubId, parentId);
    await lockHierarchy(transaction);
    const club = await clubIn(transaction, clubId, actorId);
    const parent = await clubIn(transaction, parentId, actorId);
    return club && parent && change(transaction, club, parent);
  });
}

async function fitting(transaction: WriteTransaction, ends: Ends): Promise<LinkFacts> {
  const [facts] = await transaction.run(linkFacts, ends);
  if (!facts) throw new Error('a club vanished under its lock');
  if (facts.currentParentId === ends.parentId) return facts;
  if (facts.currentParentId !== null) throw new HasParent();
  if (facts.isCircle) throw new HierarchyCircle();
  if (facts.levels > LEVELS) throw new HierarchyTooDeep();
  await parentLimit(transaction, ends.parentId);
  return facts;
}

async function connect(transaction: WriteTransaction, ends: Ends): Promise<void> {
  await transaction.run(link, ends);
  await transaction.emit({ eventId: uuidv7(), type: 'club.linked', key: ends.clubId, payload: { ...ends } });
}

async function disconnect(
  transaction: WriteTransaction,
  { clubId, parentId }: { readonly clubId: string; readonly parentId: string | null },
): Promise<boolean> {
  const ended = await transaction.run(unlink, { clubId, parentId });
  for (const each of ended.filter(({ type }) => type === 'PART_OF')) {
    await transaction.emit({
      eventId: uuidv7(),
      type: 'club.unlinked',
      key: clubId,
      payload: { clubId, parentId: each.parentId },
    });
  }
  return ended.length > 0;
}
