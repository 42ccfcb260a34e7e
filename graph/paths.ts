import type { Sealed } from '../policies/sealed.js';
import { type AthleteSummary, type Relation, sealedSummary } from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** Whose connection is asked for, and by whom. */
export interface Connection {
  readonly viewerId: string;
  readonly fromId: string;
  readonly athleteId: string;
  /** Athletes whom the policy has refused on the way. */
  readonly refusedIds: readonly string[];
}

const path = cypher<
  Connection & { hiddenLimit: Whole; friendsLimit: Whole },
  Relation & { position: number }
>('people/path.cypher');

/** As many as one can block or follow; of more the policy still refuses each. */
const TIES_LOOKED_AT = 10_000;

/**
 * The athletes on the shortest chain of follows from one athlete to another, both included; empty without a chain of
 * six follows or fewer. The query leads through open profiles and through those whom the viewer follows; whom of them the
 * policy refuses all the same, the caller excludes and asks again.
 */
export async function pathBetween(
  graph: Graph,
  connection: Connection,
): Promise<readonly Sealed<AthleteSummary>[]> {
  const limit = whole(TIES_LOOKED_AT);
  const rows = await graph.query(path, { ...connection, hiddenLimit: limit, friendsLimit: limit });
  return rows.map(sealedSummary);
}
