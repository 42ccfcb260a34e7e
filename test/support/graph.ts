import type { Graph, Query } from '../../graph/session.js';

/** Asks the graph something that no product query asks. */
export async function ask<Row extends object>(
  graph: Graph,
  text: string,
  parameters: object = {},
): Promise<Row[]> {
  const query: Query<object, Row> = { path: 'test', text };
  return graph.write(({ run }) => run(query, parameters));
}

/** Suspends an athlete, as a moderator will be able to. */
export async function suspend(graph: Graph, athleteId: string): Promise<void> {
  await ask(graph, 'MATCH (athlete:Athlete {athleteId: $athleteId}) SET athlete.suspendedAt = datetime()', {
    athleteId,
  });
}
