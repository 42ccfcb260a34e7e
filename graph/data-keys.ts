import type { AthleteKey, MasterKey } from '../policies/keys.js';
import { cypher, type Graph } from './session.js';

const dataKeys = cypher<{ athleteIds: readonly string[] }, { athleteId: string; wrapped: Uint8Array }>(
  'athletes/data-keys.cypher',
);

/** The data keys of some athletes, by id; those who were forgotten have none. */
export async function dataKeysOf(
  graph: Graph,
  masterKey: MasterKey,
  athleteIds: readonly string[],
): Promise<ReadonlyMap<string, AthleteKey>> {
  if (athleteIds.length === 0) return new Map();
  const rows = await graph.query(dataKeys, { athleteIds });
  return new Map(rows.map(({ athleteId, wrapped }) => [athleteId, masterKey.unwrap(athleteId, wrapped)]));
}
