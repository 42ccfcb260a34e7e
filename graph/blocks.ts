import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import { type Pair, stopFollowing, withPair } from './follows.js';
import { athleteTarget } from './relations.js';
import { cypher, type Graph } from './session.js';

/** How many one athlete may block. */
export const BLOCKS_PER_ATHLETE = 10_000;

/** Somebody blocks as many as one can. */
export class TooManyBlocks extends Error {
  override name = 'TooManyBlocks';
  readonly problem = 'too-many-blocks';
  readonly fields = { limit: BLOCKS_PER_ATHLETE };
  constructor() {
    super(`${BLOCKS_PER_ATHLETE} athletes are blocked, which is the most`);
  }
}

const createBlock = cypher<{ blockerId: string; blockedId: string; since: Date }, { since: Date }>(
  'follows/create-block.cypher',
);
const deleteBlock = cypher<{ blockerId: string; blockedId: string }, { blockedId: string }>(
  'follows/delete-block.cypher',
);
const countOfBlocks = cypher<{ athleteId: string }, { blocks: number }>('follows/count-blocks.cypher');

/**
 * Blocks an athlete: whatever tied the two is undone in both directions, and each vanishes for the other. Again is the
 * same as once.
 *
 * @returns false when there is no such athlete
 * @throws {TooManyBlocks}
 */
export async function block(
  graph: Graph,
  decide: (target: Target) => Grant,
  pair: Pair,
  now: Date,
): Promise<boolean> {
  const { actorId, otherId } = pair;
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(athleteTarget(relation)).assertFor('block.create');
    if (relation.hasBlocked) return true;
    const [counts] = await transaction.run(countOfBlocks, { athleteId: actorId });
    if (counts && counts.blocks >= BLOCKS_PER_ATHLETE) throw new TooManyBlocks();
    await stopFollowing(transaction, { followerId: actorId, followeeId: otherId });
    await stopFollowing(transaction, { followerId: otherId, followeeId: actorId });
    await transaction.run(createBlock, { blockerId: actorId, blockedId: otherId, since: now });
    await transaction.emit({
      eventId: uuidv7(),
      type: 'athlete.blocked',
      key: actorId,
      payload: { blockerId: actorId, blockedId: otherId },
    });
    return true;
  });
  return done ?? false;
}

/** Lifts a block; nobody follows anybody again by that. False when there is no such athlete. */
export async function unblock(graph: Graph, decide: (target: Target) => Grant, pair: Pair): Promise<boolean> {
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(athleteTarget(relation)).assertFor('block.delete');
    await transaction.run(deleteBlock, { blockerId: pair.actorId, blockedId: pair.otherId });
    return true;
  });
  return done ?? false;
}
