import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import {
  type PageParameters,
  pageOf,
  pageParameters,
  type SealedPage,
  type Since,
  type Slice,
} from './follow-lists.js';
import { type Pair, withPair } from './follows.js';
import { type AthleteSummary, athleteTarget, type Relation, sealedSummary } from './relations.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';

/** How many one athlete may mute. */
export const MUTES_PER_ATHLETE = 10_000;

/** Somebody mutes as many as one can. */
export class TooManyMutes extends Error {
  override name = 'TooManyMutes';
  readonly problem = 'too-many-mutes';
  readonly fields = { limit: MUTES_PER_ATHLETE };
  constructor() {
    super(`${MUTES_PER_ATHLETE} athletes are muted, which is the most`);
  }
}

type Ends = { readonly muterId: string; readonly mutedId: string };

const createMute = cypher<Ends & { since: Date }, { since: Date }>('people/create-mute.cypher');
const deleteMute = cypher<Ends, { mutedId: string }>('people/delete-mute.cypher');
const countMutes = cypher<{ athleteId: string; mutedId: string }, { mutes: number; isMuted: boolean }>(
  'people/count-mutes.cypher',
);
const mutedBy = cypher<PageParameters & { viewerId: string }, Relation & Since>('people/mutes.cypher');

/**
 * Mutes an athlete: what they do is no longer in the feed of who mutes, and nobody is told. Again is the same as once.
 *
 * @returns false when there is no such athlete
 * @throws {TooManyMutes}
 */
export async function mute(
  graph: Graph,
  decide: (target: Target) => Grant,
  pair: Pair,
  now: Date,
): Promise<boolean> {
  const ends = { muterId: pair.actorId, mutedId: pair.otherId };
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(athleteTarget(relation)).assertFor('mute.create');
    const [counts] = await transaction.run(countMutes, { athleteId: ends.muterId, mutedId: ends.mutedId });
    if (counts?.isMuted) return true;
    if (counts && counts.mutes >= MUTES_PER_ATHLETE) throw new TooManyMutes();
    await transaction.run(createMute, { ...ends, since: now });
    await tell(transaction, 'athlete.muted', ends);
    return true;
  });
  return done ?? false;
}

/** Lifts a mute; false when there is no such athlete. */
export async function unmute(graph: Graph, decide: (target: Target) => Grant, pair: Pair): Promise<boolean> {
  const ends = { muterId: pair.actorId, mutedId: pair.otherId };
  const done = await withPair(graph, pair, async (transaction, relation) => {
    decide(athleteTarget(relation)).assertFor('mute.delete');
    const ended = await transaction.run(deleteMute, ends);
    if (ended.length > 0) await tell(transaction, 'athlete.unmuted', ends);
    return true;
  });
  return done ?? false;
}

/** Whom the viewer mutes, the latest first. */
export async function mutedAthletes(
  graph: Graph,
  viewerId: string,
  slice: Slice<Since>,
): Promise<SealedPage<AthleteSummary, Since>> {
  const rows = await graph.query(mutedBy, { viewerId, ...pageParameters(slice) });
  return pageOf(rows, slice, sealedSummary);
}

// The key is the one who mutes, as of their follows: their feed is made anew in the order of what they did.
async function tell(transaction: WriteTransaction, type: string, ends: Ends): Promise<void> {
  await transaction.emit({ eventId: uuidv7(), type, key: ends.muterId, payload: { ...ends } });
}
