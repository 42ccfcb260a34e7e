import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { cypher, type ReadTransaction } from './session.js';

/** How a viewer stands to an athlete, as every query about athletes returns it. */
export interface Relation {
  readonly athleteId: string;
  readonly displayName: string;
  readonly approvesFollowers: boolean;
  readonly ownerStanding: 'active' | 'suspended' | 'deleted';
  /** The viewer follows the athlete. */
  readonly isFollower: boolean;
  /** The athlete follows the viewer. */
  readonly isFollowed: boolean;
  /** The viewer has asked to follow the athlete. */
  readonly hasRequested: boolean;
  /** One of the two blocks the other. */
  readonly isBlocked: boolean;
}

/** An athlete in a list. */
export interface AthleteSummary {
  readonly athleteId: string;
  readonly displayName: string;
  readonly approvesFollowers: boolean;
  /** How the viewer follows them. */
  readonly following: 'none' | 'requested' | 'following';
  readonly followsYou: boolean;
}

/** What two athletes are to each other when one of them acts on the other. */
export interface PairRelation extends Relation {
  /** It is the viewer who blocks. */
  readonly hasBlocked: boolean;
  /** The athlete has asked to follow the viewer. */
  readonly hasAsked: boolean;
}

const relation = cypher<{ athleteId: string; viewerId: string }, PairRelation>('athletes/relation.cypher');

/** How a viewer stands to an athlete; undefined when there never was such an athlete. */
export async function relationTo(
  transaction: ReadTransaction,
  ids: { readonly athleteId: string; readonly viewerId: string },
): Promise<PairRelation | undefined> {
  const [row] = await transaction.run(relation, ids);
  return row;
}

/** The athlete as the policy is asked about them. */
export function athleteTarget(row: Relation): Target {
  const { athleteId, approvesFollowers, ownerStanding, isFollower, hasRequested, isBlocked } = row;
  return {
    resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
    facts: { approvesFollowers, ownerStanding, isFollower, hasRequested, isBlocked },
  };
}

export function sealedSummary(row: Relation): Sealed<AthleteSummary> {
  const { resource, facts } = athleteTarget(row);
  return new Sealed(resource, facts, () => summaryOf(row));
}

export function summaryOf(row: Relation): AthleteSummary {
  const { athleteId, displayName, approvesFollowers, isFollowed } = row;
  return { athleteId, displayName, approvesFollowers, following: followingOf(row), followsYou: isFollowed };
}

function followingOf({ isFollower, hasRequested }: Relation): AthleteSummary['following'] {
  if (isFollower) return 'following';
  return hasRequested ? 'requested' : 'none';
}
