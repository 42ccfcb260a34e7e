import type { Grant } from '../policies/access.js';
import { eraseHabits } from './habits.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

const eraseTies = cypher<{ athleteId: string; limit: Whole }, { erased: number }>(
  'athletes/erase-ties.cypher',
);
const eraseTombstone = cypher<{ athleteId: string }, { athleteId: string }>(
  'athletes/erase-tombstone.cypher',
);
const tombstonesLeft = cypher<{ limit: Whole }, { athleteId: string }>('athletes/tombstones.cypher');

const TIES_PER_TRANSACTION = 1_000; // each locks two athletes, who must not wait long
const TOMBSTONES_PER_RUN = 100;

/**
 * Clears away what ties others to a deleted athlete, and the tombstone once nothing is tied to it any more. Killed at
 * any moment, it goes on where it stopped when it is called again.
 *
 * @returns whether nothing is left
 */
export async function eraseAthlete(graph: Graph, grant: Grant, athleteId: string): Promise<boolean> {
  grant.assertFor('athlete.erase');
  await eraseHabits(graph, grant, athleteId);
  while (await eraseSomeTies(graph, athleteId)) {
    // Until none is left.
  }
  const gone = await graph.write(({ run }) => run(eraseTombstone, { athleteId }));
  return gone.length > 0;
}

/** Deleted athletes of whom something is left. */
export async function tombstones(graph: Graph): Promise<readonly string[]> {
  const rows = await graph.query(tombstonesLeft, { limit: whole(TOMBSTONES_PER_RUN) });
  return rows.map(({ athleteId }) => athleteId);
}

async function eraseSomeTies(graph: Graph, athleteId: string): Promise<boolean> {
  const limit = whole(TIES_PER_TRANSACTION);
  const [row] = await graph.write(({ run }) => run(eraseTies, { athleteId, limit }));
  return row !== undefined && row.erased > 0;
}
