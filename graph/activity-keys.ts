import { cypher, type Graph } from './session.js';

/** An activity, and the wrapped key that opens what other stores have of it. */
export interface ActivityKeyRow {
  readonly activityId: string;
  readonly athleteId: string;
  readonly wrappedKey: Uint8Array;
}

const keys = cypher<{ activityIds: readonly string[] }, ActivityKeyRow>('activities/keys.cypher');

/** The keys of some activities; those that are gone are left out. */
export async function keysOfActivities(
  graph: Graph,
  activityIds: readonly string[],
): Promise<readonly ActivityKeyRow[]> {
  return graph.execute(keys, { activityIds });
}
