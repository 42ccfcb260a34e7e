import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import { lockAthletes } from './locks.js';
import { athleteTarget, type PairRelation, relationTo } from './relations.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';

/** How many one athlete may follow: what a feed is merged from stays bounded. */
export const FOLLOWS_PER_ATHLETE = 10_000;
/** How many unanswered requests one athlete may have: whoever asks everybody is not making friends. */
export const REQUESTS_PER_ATHLETE = 1_000;

/** Somebody follows as many as one can. */
export class TooManyFollows extends Error {
  override name = 'TooManyFollows';
  readonly problem = 'too-many-follows';
  readonly fields = { limit: FOLLOWS_PER_ATHLETE };
  constructor(readonly followerId: string) {
    super(`athlete ${followerId} follows ${FOLLOWS_PER_ATHLETE} athletes, which is the most`);
  }
}

/** Somebody waits for as many answers as one can. */
export class TooManyRequests extends Error {
  override name = 'TooManyRequests';
  readonly problem = 'too-many-requests';
  readonly fields = { limit: REQUESTS_PER_ATHLETE };
  constructor() {
    super(`${REQUESTS_PER_ATHLETE} requests to follow somebody are unanswered, which is the most`);
  }
}

/** Two athletes: who acts, and on whom. */
export interface Pair {
  readonly actorId: string;
  readonly otherId: string;
}

type Decide = (target: Target) => Grant;
type Counts = { readonly follows: number; readonly requests: number };
type Ends = { readonly followerId: string; readonly followeeId: string };

const createFollow = cypher<Ends & { since: Date }, { since: Date }>('follows/create-follow.cypher');
const createRequest = cypher<Ends & { since: Date }, { since: Date }>('follows/create-request.cypher');
const deleteFollow = cypher<Ends, { type: 'FOLLOWS' | 'REQUESTS' }>('follows/delete-follow.cypher');
const countsOf = cypher<{ athleteId: string }, Counts>('follows/counts.cypher');

/**
 * Follows an athlete, or asks to when they approve their followers. Again is the same as once; whoever asked and finds
 * the profile open by now follows at once.
 *
 * @returns undefined when there is no such athlete
 * @throws {TooManyFollows | TooManyRequests}
 */
export async function follow(
  graph: Graph,
  decide: Decide,
  pair: Pair,
  now: Date,
): Promise<'following' | 'requested' | undefined> {
  const ends = { followerId: pair.actorId, followeeId: pair.otherId };
  return withPair(graph, pair, async (transaction, relation) => {
    decide(athleteTarget(relation)).assertFor('follow.create');
    if (relation.isFollower) return 'following';
    if (!relation.approvesFollowers) {
      await startFollowing(transaction, ends, now);
      return 'following';
    }
    if (!relation.hasRequested) await ask(transaction, ends, now);
    return 'requested';
  });
}

/** Stops following an athlete, or takes the request back; false when there is no such athlete. */
export async function unfollow(graph: Graph, decide: Decide, pair: Pair): Promise<boolean> {
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(athleteTarget(relation)).assertFor('follow.delete');
    await stopFollowing(transaction, { followerId: pair.actorId, followeeId: pair.otherId });
    return true;
  });
  return done ?? false;
}

/** Removes a follower, who is not told; false when there is no such athlete. */
export async function removeFollower(graph: Graph, decide: Decide, pair: Pair): Promise<boolean> {
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(ownTarget('follow', pair, relation)).assertFor('follower.remove');
    await stopFollowing(transaction, { followerId: pair.otherId, followeeId: pair.actorId });
    return true;
  });
  return done ?? false;
}

/**
 * Lets whoever asked follow. Again is the same as once.
 *
 * @returns false when nobody of that id has asked or follows already
 * @throws {TooManyFollows} of the one who asked
 */
export async function acceptRequest(graph: Graph, decide: Decide, pair: Pair, now: Date): Promise<boolean> {
  const ends = { followerId: pair.otherId, followeeId: pair.actorId };
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(ownTarget('followRequest', pair, relation)).assertFor('followRequest.accept');
    if (relation.isFollowed) return true;
    if (!relation.hasAsked) return false;
    await startFollowing(transaction, ends, now);
    return true;
  });
  return done ?? false;
}

/** Turns down whoever asked, who is not told; false when there is no such athlete. */
export async function declineRequest(graph: Graph, decide: Decide, pair: Pair): Promise<boolean> {
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(ownTarget('followRequest', pair, relation)).assertFor('followRequest.decline');
    if (relation.hasAsked)
      await stopFollowing(transaction, { followerId: pair.otherId, followeeId: pair.actorId });
    return true;
  });
  return done ?? false;
}

async function ask(transaction: WriteTransaction, ends: Ends, now: Date): Promise<void> {
  const [counts] = await transaction.run(countsOf, { athleteId: ends.followerId });
  if (counts && counts.requests >= REQUESTS_PER_ATHLETE) throw new TooManyRequests();
  await transaction.run(createRequest, { ...ends, since: now });
}

async function startFollowing(transaction: WriteTransaction, ends: Ends, now: Date): Promise<void> {
  const [counts] = await transaction.run(countsOf, { athleteId: ends.followerId });
  if (counts && counts.follows >= FOLLOWS_PER_ATHLETE) throw new TooManyFollows(ends.followerId);
  await transaction.run(createFollow, { ...ends, since: now });
  await transaction.emit({
    eventId: uuidv7(),
    type: 'athlete.followed',
    key: ends.followerId,
    payload: { ...ends },
  });
}

/** Ends a follow or a request between two athletes that the transaction has locked. */
export async function stopFollowing(transaction: WriteTransaction, ends: Ends): Promise<void> {
  const ties = await transaction.run(deleteFollow, ends);
  if (!ties.some(({ type }) => type === 'FOLLOWS')) return;
  await transaction.emit({
    eventId: uuidv7(),
    type: 'athlete.unfollowed',
    key: ends.followerId,
    payload: { ...ends },
  });
}

/** Runs one change between two athletes, both locked; undefined when the other does not exist or was deleted. */
export async function withPair<Result>(
  graph: Graph,
  { actorId, otherId }: Pair,
  change: (transaction: WriteTransaction, relation: PairRelation) => Promise<Result>,
): Promise<Result | undefined> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, actorId, otherId);
    const relation = await relationTo(transaction, { athleteId: otherId, viewerId: actorId });
    if (!relation || relation.ownerStanding === 'deleted') return undefined;
    return change(transaction, relation);
  });
}

// What the actor has of their own, whoever the other one is.
function ownTarget(kind: string, { actorId, otherId }: Pair, relation: PairRelation): Target {
  const { facts } = athleteTarget(relation);
  return { resource: { kind, id: otherId, ownerId: actorId }, facts };
}
