import type { Grant, Target } from '../policies/access.js';
import { type CallerNow, type Concerned, callerOf, lockedFacts } from './roles.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';

type Decide = (target: Target, caller: CallerNow) => Grant;

const suspendOne = cypher<{ athleteId: string; now: Date }, { suspendedAt: Date }>(
  'suspensions/suspend.cypher',
);
const liftOne = cypher<{ athleteId: string }, { athleteId: string }>('suspensions/lift.cypher');

/** Suspends an athlete, from their next request on; again is the same as once. False when there is no such athlete. */
export async function suspendAthlete(graph: Graph, decide: Decide, concerned: Concerned): Promise<boolean> {
  return graph.write(async (transaction) => {
    const target = await decided(transaction, decide, concerned, 'suspension.create');
    if (!target) return false;
    await transaction.run(suspendOne, { athleteId: concerned.athleteId, now: concerned.now });
    return true;
  });
}

/** Lifts the suspension of an athlete, if there is one. False when there is no such athlete. */
export async function liftSuspension(graph: Graph, decide: Decide, concerned: Concerned): Promise<boolean> {
  return graph.write(async (transaction) => {
    const target = await decided(transaction, decide, concerned, 'suspension.delete');
    if (!target) return false;
    await transaction.run(liftOne, { athleteId: concerned.athleteId });
    return true;
  });
}

async function decided(
  transaction: WriteTransaction,
  decide: Decide,
  concerned: Concerned,
  action: 'suspension.create' | 'suspension.delete',
): Promise<boolean> {
  const facts = await lockedFacts(transaction, concerned, null);
  if (!facts) return false;
  const { athleteId, ownerStanding, isTargetAdmin } = facts;
  const resource = { kind: 'athlete', id: athleteId, ownerId: athleteId };
  decide({ resource, facts: { ownerStanding, isTargetAdmin } }, callerOf(facts)).assertFor(action);
  return true;
}
